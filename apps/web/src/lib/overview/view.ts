import type { CriterionCount, MetShare, Missed, SheetCounts, Side } from '@dinh/domain/programmes';

/** The overview as its page shows it: names in the reader's language, figures as numbers. */
export interface Named {
  id: string;
  label: string;
}

export interface Row {
  id: number;
  name: string;
  kind: string;
  counts: SheetCounts;
  differences: { differing: number; verified: number };
  met: MetShare | null;
  cells: (MetShare | null)[];
}

export interface OverviewView {
  unit: { id: number; name: string; kind: string };
  trail: { id: number; name: string }[];
  programme: string;
  title: string;
  period: string;
  /** The day whose tree decides what lies below. */
  day: string;
  counts: SheetCounts;
  differences: { differing: number; verified: number };
  regressions: { count: number; by: CriterionCount[] };
  met: MetShare | null;
  points: { declared: number; verified: number | null } | null;
  levels: { side: Side; of: number; levels: (Named & { count: number })[] };
  missed: Missed[];
  /** Names of all criteria by key. */
  criteria: Named[];
  /** What the heat table's columns are. */
  columns: (Named & { criteria: string[]; isGroup: boolean })[];
  openGroup: Named | null;
  rows: Row[];
  more: boolean;
  /** Parts before those that are listed. */
  offset: number;
  kinds: (Named & { count: number })[];
  trend: { period: string; met: MetShare | null; counts: SheetCounts }[];
  /** Of the unit itself, criterion by criterion, where nothing lies below it. */
  own: { criterion: Named; declared: boolean | null; verified: boolean | null }[];
  /** The reader may see which units a figure counts. */
  mayLook: boolean;
  mark: string;
}

export interface BehindView {
  unit: { id: number; name: string };
  /** A criterion, a group of criteria, or none where the figure is about sheets. */
  criterion: Named | null;
  share: MetShare | null;
  /** Of a group: its criteria, each with its own figure. */
  parts: { criterion: Named; share: MetShare | null; href: string }[];
  which: string | null;
  level: Named | null;
  side: Side;
  choices: { which: string; count: number; href: string }[];
  total: number;
  first: number;
  units: {
    id: number;
    name: string;
    within: string;
    href: string;
    state: string;
    count: number;
    declared: string | null;
    verified: string | null;
    criterion: string | null;
    reason: string | null;
    evidence: number;
  }[];
  previous: string | undefined;
  next: string | undefined;
  refusal: { code: string; params?: Record<string, string | number> } | null;
}
