// Our text on the DSFR: the start that its documentation gives (one style, a script and its older form), minified files,
// header and footer without options. Version 1.14: from 1.15 on, installing it means accepting terms made for .gouv.fr sites.
import { existsSync, readFileSync } from 'node:fs';
import { dressed, type Text } from './text.ts';

const folder = new URL('./node_modules/@gouvfr/dsfr/dist/', import.meta.url);

/** The files of the site. */
export function dsfrSite(text: Text) {
  return (path: string): Buffer | undefined => {
    if (path === '/') return Buffer.from(page(text));
    const file = new URL(`.${path}`, folder);
    return existsSync(file) ? readFileSync(file) : undefined;
  };
}

const logo = '<p class="fr-logo">Intitulé<br>officiel</p>';

function page(text: Text): string {
  return `<!doctype html>
<html lang="fr" data-fr-scheme="system">
<head>
<meta charset="utf-8">
<title>${text.title}</title>
<meta name="description" content="${text.description}">
<meta name="viewport" content="width=device-width, initial-scale=1, shrink-to-fit=no">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="theme-color" content="#000091">
<link rel="apple-touch-icon" href="/favicon/apple-touch-icon.png">
<link rel="icon" href="/favicon/favicon.svg" type="image/svg+xml">
<link rel="shortcut icon" href="/favicon/favicon.ico" type="image/x-icon">
<link rel="manifest" href="/favicon/manifest.webmanifest" crossorigin="use-credentials">
<link rel="stylesheet" href="/dsfr.min.css">
</head>
<body>
<header role="banner" class="fr-header"><div class="fr-header__body"><div class="fr-container"><div class="fr-header__body-row">
<div class="fr-header__brand fr-enlarge-link"><div class="fr-header__brand-top"><div class="fr-header__logo">${logo}</div></div>
<div class="fr-header__service"><a href="/" title="Accueil"><p class="fr-header__service-title">${text.title}</p></a></div></div>
</div></div></div></header>
<main class="fr-container fr-py-6w" role="main" id="content">${dressed(text, { '[data-button]': 'fr-btn' })}</main>
<footer class="fr-footer" role="contentinfo" id="footer"><div class="fr-container"><div class="fr-footer__body">
<div class="fr-footer__brand fr-enlarge-link"><a href="/" title="Retour à l’accueil">${logo}</a></div></div></div></footer>
<script type="module" src="/dsfr.module.min.js"></script>
<script nomodule src="/dsfr.nomodule.min.js"></script>
</body>
</html>`;
}
