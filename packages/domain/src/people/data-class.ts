import type { z } from 'zod';

/**
 * How far a field may be seen. `public` by anybody; `internal` by those who work with the unit; `personal` by those who keep the unit's
 * records and by the person; `sensitive` (it tells of convictions, such as membership) inside the person's own unit only.
 */
export const dataClasses = ['public', 'internal', 'personal', 'sensitive'] as const;
export type DataClass = (typeof dataClasses)[number];

/** What a reader is to the person read about. A reader may be several things at once. */
export const relations = ['self', 'keeper', 'fellow', 'superior'] as const;
export type Relation = (typeof relations)[number];

const seenBy: Record<DataClass, readonly Relation[]> = {
  public: relations,
  internal: relations,
  personal: ['self', 'keeper'],
  sensitive: ['self', 'keeper', 'fellow'],
};

/** True when somebody who stands in these relations may see fields of the class. Without a relation only `public` is left. */
export function maySee(dataClass: DataClass, held: readonly Relation[]): boolean {
  return dataClass === 'public' || seenBy[dataClass].some((relation) => held.includes(relation));
}

function classIn(schema: z.core.$ZodType): DataClass | null {
  const given = (schema as z.ZodType).meta()?.dataClass;
  return dataClasses.find((each) => each === given) ?? null;
}

/**
 * The class of every field of a schema.
 * @throws TypeError naming the first field without one: a field nobody classed must not reach a reader
 */
export function classesOf<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
): Record<keyof Shape & string, DataClass> {
  const found: Record<string, DataClass> = {};
  for (const [field, inner] of Object.entries(schema.shape)) {
    const dataClass = classIn(inner as z.core.$ZodType);
    if (!dataClass) throw new TypeError(`field ${field} has no dataClass`);
    found[field] = dataClass;
  }
  return found as Record<keyof Shape & string, DataClass>;
}

/** The part of a row its reader may see: fields of other classes are absent, not empty. */
export function visiblePart<Row extends object>(
  classes: Record<keyof Row & string, DataClass>,
  row: Row,
  held: readonly Relation[],
): Partial<Row> {
  const part: Partial<Row> = {};
  for (const field of Object.keys(classes) as (keyof Row & string)[]) {
    if (maySee(classes[field], held) && field in row) part[field] = row[field];
  }
  return part;
}
