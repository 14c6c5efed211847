/** Documents as files. */
export { renderDocx } from './docx.ts';
