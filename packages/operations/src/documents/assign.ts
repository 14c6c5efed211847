import { refuse } from '@dinh/domain/kernel';
import { findConclusion } from '@dinh/store/meetings';
import { z } from 'zod';
import { operation } from '../kernel/public.ts';
import { registerTask } from '../tasks/public.ts';
import { fellows, isOver, keptMeeting, meetingKey } from './access.ts';

/** Makes a task of a conclusion: a name and a date on it. The conclusion is its title unless another is given. */
export const assign = operation({
  name: 'documents.assign-task',
  kind: 'command',
  input: z.strictObject({
    ...meetingKey,
    id: z.uuid(),
    conclusionId: z.uuid(),
    title: z.string().trim().max(300).default(''),
    responsible: z.uuid({ error: 'tasks.person-unknown' }),
    deadline: z.string({ error: 'tasks.deadline-needed' }),
  }),
  unit: (input) => input.unitId,
  allow: fellows,
  async run(context, { unitId, meetingId, id, conclusionId, title, responsible, deadline }) {
    const meeting = await keptMeeting(context, unitId, meetingId);
    if (!isOver(meeting)) refuse('documents.meeting-not-closed');
    const conclusion = await findConclusion(context.tx, { unitId, meetingId }, conclusionId);
    if (!conclusion) return refuse('meetings.conclusion-unknown');
    const { text } = conclusion;
    return registerTask(context, {
      unitId,
      id,
      title: title || (text.length > 300 ? `${text.slice(0, 299)}…` : text),
      description: text.length > 300 ? text : '',
      responsible,
      deadline,
      origin: 'resolution',
      meetingId,
      conclusionId,
    });
  },
});
