import { randomUUID } from 'node:crypto';
import { addDays } from '@dinh/domain/kernel';
import { approve, assign, draftResolution, ofMeeting, read, readOut, sign, write } from '@dinh/operations/documents';
import { names } from './cast.ts';
import { at, type Stage } from './clock.ts';
import type { Hall } from './meetings.ts';

/**
 * What an evening leaves on paper: minutes read out, approved and signed by recorder and chair; each conclusion a task with a name and a
 * date; and the resolution with the next number of the cell.
 */
export async function signPapers(
  stage: Stage,
  { unitId, secretary, deputy, others }: Hall,
  { meetingId, day, subject }: { meetingId: string; day: string; subject: string },
): Promise<void> {
  const evening = `${day}T14:20`;
  const meeting = { unitId, meetingId };
  const signed = async (documentId: string, signer: 'secretary' | 'deputy') => {
    const who = { secretary, deputy }[signer];
    const key = { unitId, documentId };
    const { document } = await at(stage, evening, who, read, key);
    const given = { how: 'typed' as const, name: names[signer] };
    await at(stage, evening, who, sign, { ...key, digest: document.digest ?? '', with: given });
  };
  const minutes = { ...meeting, id: randomUUID() };
  await at(stage, evening, deputy, write, minutes);
  await at(stage, evening, deputy, readOut, { unitId, documentId: minutes.id });
  await at(stage, evening, secretary, approve, { unitId, documentId: minutes.id });
  await signed(minutes.id, 'deputy');
  await signed(minutes.id, 'secretary');
  const { conclusions } = await at(stage, evening, secretary, ofMeeting, meeting);
  for (const [index, { id: conclusionId }] of conclusions.entries()) {
    const { personId: responsible } = others[index % others.length] ?? deputy;
    const deadline = addDays(day, 20 + index * 5);
    await at(stage, evening, secretary, assign, { ...meeting, id: randomUUID(), conclusionId, responsible, deadline });
  }
  const resolution = { ...meeting, id: randomUUID(), subject };
  await at(stage, evening, secretary, draftResolution, resolution);
  await at(stage, evening, secretary, approve, { unitId, documentId: resolution.id });
  await signed(resolution.id, 'secretary');
}
