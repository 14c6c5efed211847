import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** A SHA-256 in 64 small hexadecimal figures. */
export type Digest = string;

export const digestPattern = /^[0-9a-f]{64}$/;

const hex = (bytes: Uint8Array): Digest => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** Of nothing: the root of a tree without leaves. */
export const emptyRoot: Digest = hex(sha256(new Uint8Array(0)));

/** Leaves and nodes begin with different bytes, so that no node can be passed off as a leaf (RFC 9162, 2.1.1). */
export const leafOf = (salt: string, content: string): Digest =>
  hex(sha256(concatBytes(LEAF, hexToBytes(salt), utf8ToBytes(content))));

export const nodeOf = (left: Digest, right: Digest): Digest =>
  hex(sha256(concatBytes(NODE, hexToBytes(left), hexToBytes(right))));

/** Of text that begins with the name of what it is: never of a leaf or a node, which begin with 0 and 1. */
export const textDigest = (text: string): Digest => hex(sha256(utf8ToBytes(text)));
