/** People, what may be seen of them, who may hand on which post, and the rules of sign-in names and passwords. */
export type { PlacedPost } from './covering.ts';
export { covers } from './covering.ts';
export { normalSignInName, passwordSchema, repeatsName, signInNameSchema } from './credentials.ts';
export type { DataClass, Relation } from './data-class.ts';
export { classesOf, dataClasses, maySee, relations, visiblePart } from './data-class.ts';
export type { NewPerson, Person } from './person.ts';
export { emailSchema, membershipPosts, newPersonSchema, personClasses, personSchema, postSchema } from './person.ts';
export { scopeAllows, scopePattern } from './scopes.ts';
