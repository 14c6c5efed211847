import { enableCompileCache } from 'node:module';

// The second start finds everything compiled; it works only for what is imported after it.
enableCompileCache();
const { main } = await import('./main.ts');
await main(process.argv.slice(2), process.env);
