import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildOfflineHands, buildSealHands } from '../adapters/seal-signer.ts';
import type { Draft } from './draft.ts';
import type { Approved } from './draft-approval.ts';
import { DraftContent } from './draft-content.ts';
import { normaliseDraft } from './normal-form.ts';
import { buildSeal, canonicalJson, type SealPart, verifySeal } from './seal.ts';
import type { SealRecord } from './seal-record.ts';

const hash = (letter: string) => letter.repeat(64);
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const kid = '20261123T000000Z';
const hands = buildSealHands({
  newest: () => ({ kid, privateKey }),
  findPublic: (asked) => (asked === kid ? publicKey : null),
});

const content = DraftContent.parse({
  title: '关于寒假放假安排的通知',
  document: {
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: '寒假自 1 月 18 日起，详见' },
          {
            type: 'text',
            text: '校历',
            marks: [{ type: 'link', attrs: { href: 'https://www.canglan.example/xl.htm' } }],
          },
          { type: 'text', text: '。' },
        ],
      },
      { type: 'image', attrs: { hash: hash('a'), alt: '校历' } },
    ],
  },
  attachments: [{ hash: hash('b'), name: '值班表.docx', bytes: 12 }],
});
const approved = { contentVersion: 3 } as Approved<Draft>;
const reportDigest = hash('c');
const at = '2026-11-23T01:00:00.000Z';
const seal = buildSeal(approved, { content, reportDigest, at }, hands);
const edit = (change: (text: string) => string): DraftContent =>
  DraftContent.parse(JSON.parse(change(JSON.stringify(content))));
const verdictOn = (changed: DraftContent, report = reportDigest, record: SealRecord = seal) =>
  verifySeal(record, { form: normaliseDraft(changed), reportDigest: report }, hands);

describe('a seal', () => {
  it('holds for what was sealed, whatever its layout', () => {
    expect(verdictOn(content)).toEqual({ state: 'valid', parts: [] });
    const laidOut = edit((text) =>
      text.replace('寒假自 1 月 18 日起', '　　寒假自1月18日起').replace('"paragraph"', '"section"'),
    );
    expect(verdictOn(laidOut)).toEqual({ state: 'valid', parts: [] });
  });

  it.each<[SealPart, (text: string) => string]>([
    ['title', (text) => text.replace('放假安排', '放假按排')],
    ['text', (text) => text.replace('18 日', '19 日')],
    ['text', (text) => text.replace('日起，', '日起,')],
    ['images', (text) => text.replaceAll(hash('a'), hash('d'))],
    ['links', (text) => text.replace('xl.htm', 'xi.htm')],
    ['attachments', (text) => text.replaceAll(hash('b'), hash('d'))],
    ['attachments', (text) => text.replace('值班表', '值日表')],
  ])('names %s where it was changed', (part, change) => {
    expect(verdictOn(edit(change))).toEqual({ state: 'changed', parts: [part] });
  });

  it('names the machine report, and a picture’s words', () => {
    expect(verdictOn(content, hash('d'))).toEqual({ state: 'changed', parts: ['report'] });
    expect(verdictOn(edit((text) => text.replace('"alt":"校历"', '"alt":"日历"'))).parts).toEqual(['images']);
  });

  it('is seen to be forged when the record was made to fit', () => {
    const changed = edit((text) => text.replace('18 日', '19 日'));
    const other = buildSeal(approved, { content: changed, reportDigest, at }, hands);
    const patched = { ...other, signature: seal.signature };
    expect(verdictOn(changed, reportDigest, patched)).toEqual({ state: 'forged', parts: [] });
    for (const field of [
      { at: '2026-11-24T01:00:00.000Z' },
      { version: 4 },
      { digest: hash('e') },
      { reportDigest: hash('d') },
      { parts: { ...seal.parts, text: hash('e') } },
    ])
      expect(verdictOn(content, reportDigest, { ...seal, ...field }).state).toBe('forged');
  });

  it('is of no known key, or of no known form, when it is', () => {
    expect(verdictOn(content, reportDigest, { ...seal, kid: '20270101T000000Z' }).state).toBe('unknown-key');
    expect(verdictOn(content, reportDigest, { ...seal, normalForm: 'v9' }).state).toBe('unknown-form');
  });

  it('can be verified with the public key alone', () => {
    const matter = { form: normaliseDraft(content), reportDigest };
    expect(verifySeal(seal, matter, buildOfflineHands(createPublicKey(privateKey)))).toEqual({
      state: 'valid',
      parts: [],
    });
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(verifySeal(seal, matter, buildOfflineHands(other)).state).toBe('forged');
  });
});

describe('canonical JSON', () => {
  it('is the same for the same value, however it was written', () => {
    expect(canonicalJson({ b: [1, { d: 'é', c: null }], a: 'x', e: undefined })).toBe(
      canonicalJson({ a: 'x', b: [1, { c: null, d: 'e\u0301' }] }),
    );
    const said = canonicalJson({ b: 1, a: 'x' });
    expect(said).toBe('{"a":"x","b":1}');
    expect(hands.sha256(said)).toBe(createHash('sha256').update(said).digest('hex'));
  });
});
