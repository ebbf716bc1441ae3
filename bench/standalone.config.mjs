// The same site, built for the adapter's own server: what we would run without ours.
import node from '@astrojs/node';
import config from '../astro.config.mjs';

const build = { format: 'directory' }; // it finds `/contact` in no other
export default { ...config, build, adapter: node({ mode: 'standalone' }), outDir: process.env.OUT_DIR };
