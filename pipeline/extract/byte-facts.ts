import type { FileFactKind } from '../domain/file-fact.ts';
import type { ExtractJob } from './extraction.ts';
import { findSignature, listOleNames } from './file-kind.ts';

/** The standard test file of virus scanners, put together here: written out, this file would be taken for one. */
const testVirus = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('');

const programs: readonly (readonly [string, string | RegExp])[] = [
  ['Windows 程序', /^MZ.{58}[\s\S]{4}/s],
  ['Linux 程序', '\x7fELF'],
  ['macOS 程序', /^(?:\xcf\xfa\xed\xfe|\xce\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf])/],
  ['Java 程序', /^\xca\xfe\xba\xbe/],
  ['快捷方式', 'L\0\0\0\x01\x14\x02\0'],
  ['帮助文件', 'ITSF'],
  ['安卓程序', 'dex\n0'],
  ['脚本', /^(?:\xef\xbb\xbf)?#!\s?\//],
  ['脚本', /^(?:\xef\xbb\xbf)?\s*<(?:job|package|script\s+language="?(?:vb|j)script)/i],
  [
    '脚本',
    /(?:CreateObject\s*\(\s*"?(?:WScript\.Shell|Scripting\.FileSystemObject)|new ActiveXObject\s*\()/i,
  ],
  ['网址快捷方式', /^\[InternetShortcut\]/i],
];

const headBytes = 4096;
const oleMacro = /^(?:_vba_project(?:_cur)?|macros|vba|vbaproject\.bin|dir)$/;

/** Macros of an old document stand in a storage of that name; a workbook's in one with a suffix. */
function hasOleMacro(bytes: Uint8Array): boolean {
  try {
    const names = listOleNames(bytes);
    return names.includes('_vba_project') || names.filter((name) => oleMacro.test(name)).length > 1;
  } catch {
    return false;
  }
}

/** What the bytes of one file say beside its text: what runs when somebody opens it. */
export function addByteFacts({ bytes, facts, part }: ExtractJob): void {
  const add = (kind: FileFactKind, detail: string | null) => facts.push({ kind, part, detail });
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = buffer.subarray(0, headBytes).toString('latin1');
  if (head.includes(testVirus)) add('test-virus', 'EICAR');
  const program = programs.find(([, sign]) =>
    typeof sign === 'string' ? head.startsWith(sign) : sign.test(head),
  );
  if (program !== undefined) add('executable', program[0]);
  const signature = findSignature(bytes);
  if (signature === 'ole' && hasOleMacro(bytes)) add('macro', null);
  if (signature === 'rtf' && buffer.includes('\\objdata')) add('remote-content', '嵌入对象');
}
