// The same site, built for the adapter's own server: what we would run without ours.
import node from '@astrojs/node';
import config from '../astro.config.mjs';

const build = { format: 'directory' }; // it finds `/contact` in no other
const integrations = config.integrations?.filter(({ name }) => name !== 'inline-hashes'); // it sends no policy of ours
export default {
  ...config,
  build,
  integrations,
  adapter: node({ mode: 'standalone' }),
  outDir: process.env.OUT_DIR,
};
