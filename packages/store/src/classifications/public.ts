export type { CandidateLine, Classification, ClassificationEvent } from './classifications.ts';
export {
  decideClassification,
  findClassification,
  listCandidates,
  listClassifications,
  proposeClassification,
  readClassificationEvents,
  reopenClassification,
} from './classifications.ts';
