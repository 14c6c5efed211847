/** For tests alone: a small sound pack to break, and the packs of the library as loaded from the disk. */
export { libraryPack, samplePack, soundPack } from './load.ts';
export { SAMPLE_EXAMPLES, SAMPLE_FILES, SAMPLE_PACK } from './sample.ts';
