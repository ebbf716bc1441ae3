// `npm run verifier`, on one machine that stays ready: built once, it takes as long as all that is asked of it.
import './ready.ts';
import './mail.ts';
import './origin.ts';
import './store.ts';
