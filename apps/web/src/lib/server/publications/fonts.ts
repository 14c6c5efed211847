import { readFileSync } from 'node:fs';
import { faceFiles, facePath } from './style.ts';

/** Bytes of the faces by the address they are served at; read where they lie in the sources, so never from within a built page. */
export const fontFiles: ReadonlyMap<string, Buffer> = new Map(
  faceFiles.map((file) => [facePath(file), readFileSync(new URL(`../../fonts/${file}.woff2`, import.meta.url))]),
);
