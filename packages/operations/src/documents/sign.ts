import { isOwnName, type SignerRole, signersOf } from '@dinh/domain/documents';
import { refuse } from '@dinh/domain/kernel';
import { insertSignature, markSigned, readSignatures } from '@dinh/store/documents';
import { markSigned as markMeetingSigned } from '@dinh/store/meetings';
import { readPerson } from '@dinh/store/people';
import { z } from 'zod';
import { type Context, operation } from '../kernel/public.ts';
import { checkPasskeySigning, passkeyAnswerSchema } from '../people/public.ts';
import { documentKey, fellows, isOver, keyOf, refuseState, takeKept } from './access.ts';
import { signersIn } from './content.ts';

/**
 * Signs an approved document as its recorder or chair, with a passkey or by typing one's own name. When everybody who has to has signed,
 * nothing about it changes any more; the meeting whose minutes they are is signed with it.
 */
export const sign = operation({
  name: 'documents.sign',
  kind: 'command',
  input: z.strictObject({
    ...documentKey,
    /** Of the text the signer saw: another one is not signed unseen. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    with: z.discriminatedUnion('how', [
      z.strictObject({ how: z.literal('typed'), name: z.string().max(200) }),
      z.strictObject({ how: z.literal('passkey'), response: passkeyAnswerSchema }),
    ]),
  }),
  unit: (input) => input.unitId,
  allow: fellows,
  attested: (answer) => answer,
  async run(context, { digest, with: given, ...input }) {
    const { document, meeting } = await takeKept(context, input);
    if (document.state !== 'approved') refuseState(document);
    if (document.digest !== digest) refuse('documents.changed-since-seen');
    if (!isOver(meeting)) refuse('documents.meeting-not-closed');
    const { tx, now } = context;
    const key = keyOf(input);
    const signers = await signersIn(context, meeting, document.type);
    const role = roleOf(context, signers);
    const { personId, signer } = signers[role]!;
    const before = await readSignatures(tx, key);
    if (before.some((each) => each.role === role)) refuse('documents.signed-already');
    const name = (await readPerson(tx, personId!, context.today))?.name ?? signer.name ?? '';
    if (given.how === 'typed' && !isOwnName(given.name, name)) {
      refuse('documents.name-wrong', { name }, [{ path: 'with.name', code: 'documents.name-wrong', params: { name } }]);
    }
    const proof =
      given.how === 'passkey' ? await checkPasskeySigning(context, personId!, digest, given.response) : null;
    await insertSignature(tx, key, { role, personId: personId!, name, how: given.how, digest, proof, at: now });
    const whole = signersOf(document.type).every(
      (each) => each === role || before.some((given) => given.role === each),
    );
    if (!whole) return { role, digest, signed: false };
    await markSigned(tx, key, now);
    if (document.type === 'minutes') await markMeetingSigned(tx, input.unitId, meeting.id, now);
    return { role, digest, signed: true };
  },
});

function roleOf({ actor }: Context, signers: Awaited<ReturnType<typeof signersIn>>): SignerRole {
  const personId = actor.kind === 'person' ? actor.personId : null;
  const role = (Object.keys(signers) as SignerRole[]).find((each) => signers[each]?.personId === personId);
  return role !== undefined && personId !== null ? role : refuse('documents.signers-only');
}
