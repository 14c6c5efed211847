/** Rows of thematic programmes and of what is made after their meetings. Nothing here asks for rights: operations do. */
export type { ReportLine, ThematicMeeting, UnitMeeting } from './meetings.ts';
export {
  findThematicMeeting,
  listThematicMeetings,
  readProgrammeReport,
  saveObserver,
  saveSteps,
  saveTopic,
} from './meetings.ts';
export type { Product, ProductEvent } from './products.ts';
export {
  appendProductEvent,
  findProduct,
  findProductFile,
  insertProduct,
  listProducts,
  readProductEvents,
  saveProduct,
} from './products.ts';
export type {
  ContentGroup,
  NewThematicProgramme,
  ThematicBasis,
  ThematicProgramme,
  ThematicTopic,
} from './programmes.ts';
export { endProgramme, findProgramme, insertProgramme, insertTopic, listProgrammes, readTopics } from './programmes.ts';
