// As `npm create astro -- --template starlight` writes it, in French and without its links.
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

export default defineConfig({
  integrations: [
    starlight({ title: 'Un premier pas', locales: { root: { label: 'Français', lang: 'fr' } } }),
  ],
});
