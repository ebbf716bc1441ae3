// What we add to Astro's build, in order.
import type { AstroIntegration } from 'astro';
import { checkedTexts } from './checked-texts.ts';
import { closeSetting } from './close-setting.ts';
import { componentGallery } from './component-gallery.ts';
import { compression } from './compression.ts';
import { inlineHashes } from './inline-hashes.ts';
import { mapInRobots } from './robots.ts';
import { securityContact } from './security-contact.ts';
import { siteMap } from './site-map.ts';

/** The steps of a build with these settings. */
export function buildSteps(env: NodeJS.ProcessEnv): AstroIntegration[] {
  return [
    checkedTexts(env),
    securityContact(env),
    componentGallery(),
    mapInRobots(env.PUBLIC_ORIGIN || undefined),
    siteMap(),
    inlineHashes(),
    closeSetting(),
    compression(), // last: nothing changes afterwards
  ];
}
