import type { ExtractJob, ReadFile } from './extraction.ts';

/** Groups that hold no text of the document: fonts, pictures, who wrote it. */
const silentGroups = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'object',
  'listtable',
  'listoverridetable',
  'rsidtbl',
  'generator',
  'themedata',
  'colorschememapping',
  'datastore',
  'latentstyles',
  'fldinst',
  'bkmkstart',
  'bkmkend',
  'xmlnstbl',
  'atnid',
  'atnauthor',
  'revtbl',
]);
/** Marked as passable for old programs, but text all the same. */
const passableTexts = new Set(['footnote', 'annotation', 'shpinst', 'shptxt', 'ftnsep']);
const breaks: Record<string, string> = {
  par: '\n',
  line: '\n',
  row: '\n',
  sect: '\n',
  page: '\n',
  tab: '\t',
  cell: '\t',
};

interface Group {
  isSilent: boolean;
  /** How many signs stand in for one that old programs do not know. */
  standIns: number;
  mark: '' | '隐藏文字' | '已删除';
}

const token = /\\'([0-9a-f]{2})|\\([a-z]{1,32})(-?\d{1,10})? ?|\\([^a-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+/gi;

class RichText {
  text = '';
  #groups: Group[] = [];
  #group: Group = { isSilent: false, standIns: 1, mark: '' };
  #bytes: number[] = [];
  #skip = 0;
  #isPassable = false;
  #shown: Group['mark'] = '';
  readonly #decoder: TextDecoder;

  constructor(charset: string) {
    this.#decoder = new TextDecoder(charset);
  }

  byte(value: number): void {
    if (this.#skip > 0) this.#skip -= 1;
    else if (!this.#group.isSilent) this.#bytes.push(value);
  }

  plain(text: string): void {
    this.#flush();
    const kept = text.slice(this.#skip);
    this.#skip = Math.max(0, this.#skip - text.length);
    this.#add(kept);
  }

  open(): void {
    this.#flush();
    this.#groups.push(this.#group);
    this.#group = { ...this.#group };
  }

  close(): void {
    this.#flush();
    this.#group = this.#groups.pop() ?? this.#group;
    this.#skip = 0;
  }

  sign(sign: string): void {
    this.#flush();
    if (sign === '*') this.#isPassable = true;
    else if (sign === '~') this.#add(' ');
    else if (sign === '_') this.#add('-');
    else if ('\\{}'.includes(sign)) this.plain(sign);
  }

  word(word: string, value: number | null): void {
    this.#flush();
    const group = this.#group;
    if (this.#isPassable && !passableTexts.has(word)) group.isSilent = true;
    this.#isPassable = false;
    if (word === 'row') this.text = this.text.replace(/\t$/, '');
    if (silentGroups.has(word)) group.isSilent = true;
    else if (word === 'v') group.mark = value === 0 ? '' : '隐藏文字';
    else if (word === 'deleted') group.mark = value === 0 ? '' : '已删除';
    else if (word === 'plain') group.mark = '';
    else if (word === 'uc') group.standIns = Math.max(0, value ?? 1);
    else if (word === 'u') this.#unicode(value ?? 0);
    else if (breaks[word] !== undefined) this.#add(breaks[word]);
  }

  /** Every group that was opened has been closed. */
  get isWhole(): boolean {
    return this.#groups.length === 0;
  }

  finish(): string {
    this.#flush();
    this.#show('');
    return this.text;
  }

  #unicode(value: number): void {
    this.#add(String.fromCharCode(value < 0 ? value + 65_536 : value));
    this.#skip = this.#group.standIns;
  }

  #flush(): void {
    if (this.#bytes.length === 0) return;
    const text = this.#decoder.decode(Uint8Array.from(this.#bytes));
    this.#bytes = [];
    this.#add(text);
  }

  #add(text: string): void {
    if (this.#group.isSilent || text === '') return;
    this.#show(this.#group.mark);
    this.text += text;
  }

  #show(mark: Group['mark']): void {
    if (mark === this.#shown) return;
    if (this.#shown !== '') this.text += '】';
    if (mark !== '') this.text += `【${mark}：`;
    this.#shown = mark;
  }
}

/** An RTF, often under the name .doc: bytes in the code page that it names, Chinese where it names none. */
export function readRichText({ bytes, limits }: ExtractJob): ReadFile {
  const source = Buffer.from(bytes).toString('latin1');
  const page = /\\ansicpg(\d+)/.exec(source.slice(0, 2000))?.[1] ?? '936';
  const reader = new RichText(page === '1252' || page === '936' ? 'gb18030' : 'windows-1252');
  for (const [whole, byte, word, value, sign, brace, plain] of source.matchAll(token)) {
    if (byte !== undefined) reader.byte(Number.parseInt(byte, 16));
    else if (word !== undefined) reader.word(word.toLowerCase(), value === undefined ? null : Number(value));
    else if (sign !== undefined) reader.sign(sign);
    else if (brace === '{') reader.open();
    else if (brace === '}') reader.close();
    else if (plain !== undefined) reader.plain(plain);
    else if (whole === '') break;
    if (reader.text.length > limits.maxTextLength) break;
  }
  const text = reader.finish();
  const isWhole = reader.isWhole || text.length > limits.maxTextLength;
  const unread: ReadFile['unread'] = isWhole ? [] : [{ part: null, reason: 'damaged' }];
  return { kind: 'rtf', parts: [{ name: '', hidden: false, text }], notes: [], unread };
}
