import type { FileFact } from '../domain/file-fact.ts';
import type { FileKind } from './extraction.ts';

/** What Windows, macOS, Android or a shell runs when somebody opens it. */
const runs =
  /\.(?:exe|com|scr|pif|msi|msp|dll|cpl|sys|bat|cmd|ps1|psm1|vbs|vbe|js|jse|mjs|wsf|wsh|hta|lnk|reg|inf|scf|url|chm|jar|apk|app|command|sh|bash|py|pl|rb|iso|img|vhdx?)$/i;
/** Blanks and marks that turn the reading direction, put there to hide the ending. */
const disguise = /[\u202a-\u202e\u2066-\u2069]|[ \u00a0\u3000]{6,}\.\w+$/u;
const macroNames = /\.(?:docm|dotm|xlsm|xltm|xlam|xlsb|pptm|potm|ppsm|ppam)$/i;

/** What a name says of a file, whether or not it can be looked into. */
export function findNameFacts(name: string): FileFact[] {
  const facts: FileFact[] = [];
  const ending = /\.[^.\\/]{1,12}$/.exec(name)?.[0] ?? '';
  if (runs.test(name) || disguise.test(name))
    facts.push({ kind: 'executable', part: name, detail: ending.trim() });
  else if (macroNames.test(name)) facts.push({ kind: 'macro', part: name, detail: ending });
  return facts;
}

/** What a name with this ending may be by its bytes. WPS and the offices write one under the other's name; a table may be HTML. */
const kindsByEnding: Readonly<Record<string, readonly FileKind[]>> = {
  doc: ['doc', 'rtf', 'docx', 'html'],
  wps: ['doc', 'docx', 'rtf'],
  docx: ['docx'],
  rtf: ['rtf'],
  xls: ['sheet', 'xlsx', 'html'],
  et: ['sheet', 'xlsx'],
  xlsx: ['xlsx', 'sheet'],
  xlsb: ['sheet'],
  csv: ['text'],
  ppt: ['ppt', 'pptx'],
  dps: ['ppt', 'pptx'],
  pptx: ['pptx'],
  pdf: ['pdf'],
  ofd: ['ofd'],
  odt: ['odf'],
  odp: ['odf'],
  ods: ['sheet', 'odf'],
  zip: ['zip'],
  rar: ['archive'],
  '7z': ['archive'],
  gz: ['archive'],
  txt: ['text'],
  md: ['text'],
  htm: ['html'],
  html: ['html'],
  ...Object.fromEntries(
    ['jpg', 'jpeg', 'png', 'gif', 'bmp', 'webp', 'tif', 'tiff'].map((ending) => [ending, ['picture']]),
  ),
  ...Object.fromEntries(
    ['mp3', 'mp4', 'mov', 'avi', 'wmv', 'wav', 'm4a'].map((ending) => [ending, ['media']]),
  ),
};

const kindNames: Record<FileKind, string> = {
  docx: 'Word 文档',
  xlsx: 'Excel 工作簿',
  pptx: '演示文稿',
  ofd: 'OFD 版式文件',
  odf: 'OpenDocument 文件',
  sheet: '电子表格',
  doc: '旧版 Word 文档',
  ppt: '旧版演示文稿',
  rtf: 'RTF 文档',
  pdf: 'PDF',
  text: '纯文本',
  html: '网页',
  zip: '压缩包',
  archive: '压缩包',
  picture: '图片',
  media: '音视频',
  unknown: '无法识别的文件',
};

/** Does the ending say what the bytes are? A locked or damaged file (`unknown`) cannot be told. */
export function findEndingFacts(name: string, kind: FileKind): FileFact[] {
  const ending = /\.([^.\\/]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const expected = kindsByEnding[ending];
  if (kind === 'unknown' || expected?.includes(kind) === true) return [];
  if (expected === undefined && runs.test(name)) return [];
  return [{ kind: 'wrong-extension', part: null, detail: kindNames[kind] }];
}
