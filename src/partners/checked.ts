// Nothing wrong is published: data that does not fit the shape we promise stops the build.
import { z } from 'zod';

z.config(z.locales.fr());

/** The data, once it fits the shape that the file at `path` promises. Throws a sentence in French otherwise. */
export function checked<Shape extends z.ZodType>(
  path: string,
  shape: Shape,
  data: z.input<Shape>,
): z.output<Shape> {
  const parsed = shape.safeParse(data);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: field, message }) => {
    const where = field.length > 0 ? `champ « ${field.join(' › ')} »` : 'le tout';
    return `- ${where} : ${message}.`;
  });
  throw new Error(
    `\n${path} ne peut pas être publié, ses données se contredisent :\n${problems.join('\n')}\n`,
  );
}
