import { expect, it } from 'vitest';
import { checkInput } from '../../test/builders/check-input.ts';
import { buildSecrecyStage } from './secrecy-marks.ts';

it('looks into text, files, names of files and pictures', () => {
  const hash = 'a'.repeat(64);
  const input = checkInput({
    title: '机密★通知',
    body: '正文\n',
    attachments: [
      {
        file: { hash, name: '内部文件（不得外传）.docx', bytes: 1 },
        text: '秘密★1年',
        notes: [],
        unread: [],
        facts: [],
      },
    ],
  });
  const { findings } = buildSecrecyStage().run(input);
  expect(findings.map(({ place, rule, level }) => [place.part, place.ref, rule, level])).toEqual([
    ['title', null, 'graded', 'block'],
    ['attachment', hash, 'graded', 'block'],
    ['form', `attachments.${hash}.name`, 'internal', 'block'],
  ]);
});

it('a mark that is let through at one place is not at another', () => {
  const { findings } = buildSecrecyStage().run(checkInput({ title: '机密★通知', body: '正文\n机密★\n' }));
  expect(new Set(findings.map(({ key }) => key)).size).toBe(2);
});
