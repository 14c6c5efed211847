import { headFaults, journalRoot, nodesAdded, type PublishedHead, peaksOf, rootOf } from '@dinh/domain/proof';
import type { Database, Tx } from '@dinh/store/connection';
import { transaction } from '@dinh/store/connection';
import { countProof, headsAfter, readChains, readLeaves } from '@dinh/store/proof';

export type ProofReport = { leaves: number; heads: number; faults: number; examples: string[] };

const PAGE = 5000;

/** Counts the log up again, leaf by leaf, keeping only the nodes that later ones are made from. */
function recount(tx: Tx, report: (what: string) => void) {
  let kept = new Map<string, string>();
  let size = 0;
  let nodes = 0;
  const waiting: string[] = [];
  const nodeAt = (level: number, place: number) => kept.get(`${level} ${place}`) ?? '';
  const take = (leaves: string[]) => {
    for (const { level, place, hash } of nodesAdded(size, leaves, nodeAt)) {
      kept.set(`${level} ${place}`, hash);
      nodes += 1;
    }
    size += leaves.length;
    kept = new Map(peaksOf(size).map(({ level, place }) => [`${level} ${place}`, nodeAt(level, place)]));
  };
  const more = async (): Promise<boolean> => {
    const from = size + waiting.length;
    const rows = await readLeaves(tx, from, PAGE);
    for (const [nth, { place, leaf, node }] of rows.entries()) {
      if (place !== from + nth) report(`log ${place}: gap`);
      if (leaf === null || leaf !== node) report(`log ${place}: leaf`);
      waiting.push(leaf ?? '0'.repeat(64));
    }
    return rows.length > 0;
  };
  return {
    /** The root over the first leaves, as they are counted now; null when there are fewer. */
    rootAt: async (wanted: number): Promise<string | null> => {
      while (size + waiting.length < wanted && (await more()));
      if (size + waiting.length < wanted || wanted < size) return null;
      take(waiting.splice(0, wanted - size));
      return rootOf(size, nodeAt);
    },
    rest: async () => {
      while (await more()) take(waiting.splice(0));
      take(waiting.splice(0));
      return { size, nodes };
    },
  };
}

/**
 * Counts the whole log up again from the sealed versions, and holds every head against it, against the head before, and against the
 * journal. Reads page by page, so memory does not grow with the log.
 */
export async function checkProof(database: Database): Promise<ProofReport> {
  return transaction(database, { readOnly: true }, async (tx) => {
    const found: ProofReport = { leaves: 0, heads: 0, faults: 0, examples: [] };
    const report = (what: string) => {
      found.faults += 1;
      if (found.examples.length < 10) found.examples.push(what);
    };
    const log = recount(tx, report);
    let before: PublishedHead | undefined;
    const holds = async (head: PublishedHead) => {
      found.heads += 1;
      for (const { number, kind } of headFaults(before ? [before, head] : [head]))
        if (number === head.number) report(`head ${number}: ${kind}`);
      if ((await log.rootAt(head.size)) !== head.root) report(`head ${head.number}: root`);
      before = head;
      if (head.journal === null) return;
      const chains = await readChains(tx, head.number);
      if (journalRoot(chains) !== head.journal) report(`head ${head.number}: journal`);
      for (const { unitId, seq, kept } of chains) if (!kept) report(`journal ${unitId} ${seq}: head ${head.number}`);
    };
    for (let page = await headsAfter(tx, 0, PAGE); page.length > 0; page = await headsAfter(tx, found.heads, PAGE)) {
      for (const head of page) await holds(head);
    }
    const { size, nodes } = await log.rest();
    found.leaves = size;
    const counted = await countProof(tx);
    if (counted.nodes !== nodes) report(`nodes: ${counted.nodes} of ${nodes}`);
    if (counted.lost > 0) report(`sealed and lost: ${counted.lost}`);
    if (size > (before?.size ?? 0)) report(`log ${size}: no head`);
    return found;
  });
}
