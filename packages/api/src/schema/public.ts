export type { InputSchema } from './input-schema.ts';
export { inputSchema, propertiesOf } from './input-schema.ts';
export { readTexts } from './texts.ts';
