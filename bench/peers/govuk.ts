// Our text on govuk-frontend: its page template and its components as the package ships them, its minified files.
import { readFileSync } from 'node:fs';
import { dressed, type Text } from './text.ts';

const folder = new URL('./node_modules/govuk-frontend/dist/govuk/', import.meta.url);

const dress = {
  h1: 'govuk-heading-l',
  h2: 'govuk-heading-m',
  h3: 'govuk-heading-s',
  p: 'govuk-body',
  'ul, ol': 'govuk-list',
  ul: 'govuk-list--bullet',
  ol: 'govuk-list--number',
  'a:not([data-button])': 'govuk-link',
  '[data-button]': 'govuk-button',
};

/** The files of the site. `ownFont`: with its typeface, which is for gov.uk only; without: Arial, as its guidance asks of others. */
export function govukSite(text: Text, ownFont: boolean) {
  return (path: string): Buffer | undefined => {
    if (path === '/') return Buffer.from(page(text));
    if (path === '/govuk.js') return readFileSync(new URL('govuk-frontend.min.js', folder));
    if (path !== '/govuk.css')
      return path.startsWith('/assets/') ? readFileSync(new URL(`.${path}`, folder)) : undefined;
    const style = readFileSync(new URL('govuk-frontend.min.css', folder), 'utf8');
    return Buffer.from(ownFont ? style : style.replaceAll(/"?GDS Transport"?,\s*arial/gi, 'arial'));
  };
}

function component(name: string): string {
  return readFileSync(new URL(`components/${name}/template-default.html`, folder), 'utf8');
}

function page(text: Text): string {
  const icons = '/assets/images';
  return `<!DOCTYPE html>
<html lang="fr" class="govuk-template">
<head>
<meta charset="utf-8">
<title>${text.title}</title>
<meta name="description" content="${text.description}">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="#1d70b8">
<link rel="icon" sizes="48x48" href="${icons}/favicon.ico">
<link rel="icon" sizes="any" href="${icons}/favicon.svg" type="image/svg+xml">
<link rel="mask-icon" href="${icons}/govuk-icon-mask.svg" color="#1d70b8">
<link rel="apple-touch-icon" href="${icons}/govuk-icon-180.png">
<link rel="manifest" href="/assets/manifest.json">
<link rel="stylesheet" href="/govuk.css">
</head>
<body class="govuk-template__body">
<script>document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');</script>
${component('skip-link')}
<header class="govuk-template__header">${component('header')}</header>
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main-content">${dressed(text, dress)}</main>
</div>
<footer class="govuk-template__footer">${component('footer')}</footer>
<script type="module">import { initAll } from '/govuk.js'; initAll()</script>
</body>
</html>`;
}
