// `npm run composant`: writes composant/, the exit for another site.
import { writeComponent } from '../exit-component/component.ts';

const folder = 'composant';

const texts = await writeComponent(folder);
for (const [name, text] of Object.entries(texts))
  console.log(`${folder}/${name} : ${Buffer.byteLength(text)} octets`);
