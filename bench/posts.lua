-- Posts the form of the first word, over and over. NUMERO in it is another one each time, or it would be kept once; CHIFFRES,
-- four digits of the telephone number, are too, since a number given many times is an attack of its own.
local form, series, count

function init(words)
  form, series, count = words[1], words[2], 0
end

function request()
  count = count + 1
  return wrk.format("POST", nil, wrk.headers, (form:gsub("NUMERO", series .. count):gsub("CHIFFRES", string.format("%04d", count % 10000))))
end
