// Compiled from packages/texts/messages: change the messages, then run `npm run compile -w @dinh/texts`.
import type { Message } from '../catalog/runtime.ts';

declare const messages: Readonly<Record<string, Message>>;
export default messages;
