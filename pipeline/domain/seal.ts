import { z } from 'zod';
import type { Draft } from './draft.ts';
import type { Approved } from './draft-approval.ts';
import type { DraftContent } from './draft-content.ts';
import { NormalForm, normalFormVersion, normaliseDraft } from './normal-form.ts';
import { SealParts, SealRecord } from './seal-record.ts';

/** What the installation lends: hashes are made outside of the domain, and keys never come into it. */
export interface SealHands {
  /** SHA-256 of the text's UTF-8 bytes, hex. */
  sha256(text: string): string;
  /** By the newest key; made at first use. */
  sign(text: string): Pick<SealRecord, 'kid' | 'signature'>;
  /** `unknown-key`: the folder of keys does not hold it. */
  verify(text: string, signed: Pick<SealRecord, 'kid' | 'signature'>): 'valid' | 'invalid' | 'unknown-key';
}

/** What goes with an approved draft into its seal. */
export interface ToSeal {
  /** Of exactly the draft's `contentVersion`. */
  content: DraftContent;
  /** SHA-256, hex, of the machine report. */
  reportDigest: string;
  at: string;
}

/** JSON with the keys in order, strings in NFC: the same bytes wherever it is made. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC'));
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}

function buildParts(form: NormalForm, reportDigest: string, sha256: SealHands['sha256']): SealParts {
  const digest = (part: unknown) => sha256(canonicalJson(part));
  return {
    title: digest(form.title),
    text: digest({ text: form.text, items: form.items }),
    images: digest(form.images),
    links: digest(form.links),
    attachments: digest(form.attachments),
    report: reportDigest,
  };
}

type Covered = Pick<SealRecord, 'parts' | 'version' | 'at'>;

function digestOf({ parts, version, at }: Covered, sha256: SealHands['sha256']): string {
  return sha256(canonicalJson({ form: `guanlan-seal-${normalFormVersion}`, parts, version, at }));
}

/** What is signed: the digest with its tag, so that the signature of one thing is never that of another. */
const signedText = (digest: string) => `guanlan-seal-${normalFormVersion}\n${digest}`;

/** Only what `approve` let through is ever sealed. */
export function buildSeal(
  { contentVersion }: Approved<Draft>,
  { content, reportDigest, at }: ToSeal,
  hands: Pick<SealHands, 'sha256' | 'sign'>,
): SealRecord {
  const parts = buildParts(normaliseDraft(content), reportDigest, hands.sha256);
  const digest = digestOf({ parts, version: contentVersion, at }, hands.sha256);
  const { kid, signature } = hands.sign(signedText(digest));
  return {
    ...{ kid, signature, algorithm: 'Ed25519', normalForm: normalFormVersion },
    ...{ version: contentVersion, parts, digest, reportDigest, at },
  };
}

export type SealPart = keyof SealParts;

/** `parts`: those that are not what was sealed. */
export interface SealVerdict {
  state: 'valid' | 'changed' | 'forged' | 'unknown-key' | 'unknown-form';
  parts: SealPart[];
}

/** What a seal is held against. `reportDigest` is null where the report is not at hand: then that part is taken as sealed. */
export interface SealedMatter {
  form: NormalForm;
  reportDigest: string | null;
}

/**
 * `forged`: the record itself does not fit together or its signature is none of its key's; which parts differ is told all the same.
 */
export function verifySeal(
  seal: SealRecord,
  matter: SealedMatter,
  hands: Pick<SealHands, 'sha256' | 'verify'>,
): SealVerdict {
  if (seal.normalForm !== normalFormVersion) return { state: 'unknown-form', parts: [] };
  const now = buildParts(matter.form, matter.reportDigest ?? seal.parts.report, hands.sha256);
  const parts = SealParts.keyof().options.filter((part) => now[part] !== seal.parts[part]);
  const isWhole = seal.parts.report === seal.reportDigest && digestOf(seal, hands.sha256) === seal.digest;
  if (!isWhole) return { state: 'forged', parts };
  const signature = hands.verify(signedText(seal.digest), seal);
  if (signature !== 'valid') return { state: signature === 'invalid' ? 'forged' : 'unknown-key', parts };
  return { state: parts.length === 0 ? 'valid' : 'changed', parts };
}

/** A seal with what it covers, as it is handed to somebody outside. */
export const SealedFile = z.strictObject({
  format: z.literal('guanlan-sealed/1'),
  draftId: z.string(),
  number: z.string().nullable(),
  form: NormalForm,
  /** As the machine report stands in the record now; null where it is not part of the file. */
  reportDigest: z.string().nullable(),
  seal: SealRecord,
});
export type SealedFile = z.infer<typeof SealedFile>;
