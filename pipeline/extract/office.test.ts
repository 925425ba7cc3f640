import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { buildDocx, buildXlsx, buildZip, textRow } from '../../test/builders/office-files.ts';
import { extractText } from './extract-text.ts';

const run = (text: string, properties = '') => `<w:r>${properties}<w:t>${text}</w:t></w:r>`;
const paragraph = (inside: string) => `<w:p>${inside}</w:p>`;

describe('DOCX', () => {
  it('gives paragraphs, tables, and marks deleted and hidden text where it stands', async () => {
    const table = `<w:tbl><w:tr><w:tc>${paragraph(run('姓名'))}</w:tc><w:tc>${paragraph(run('学号'))}</w:tc></w:tr></w:tbl>`;
    const body = [
      paragraph(run('关于奖学金') + run('公示的通知')),
      paragraph(
        `<w:del w:author="某人">${'<w:r><w:delText>旧名单</w:delText></w:r>'}</w:del>${run('新名单')}`,
      ),
      paragraph(run('请看', '<w:rPr><w:b/></w:rPr>') + run('内部', '<w:rPr><w:vanish/></w:rPr>')),
      table,
    ].join('');
    const { kind, text, notes, unread } = await extractText(buildDocx(body));
    expect(kind).toBe('docx');
    expect(text).toBe('关于奖学金公示的通知\n【已删除：旧名单】新名单\n请看【隐藏文字：内部】\n姓名\t学号');
    expect(notes).toHaveLength(2);
    expect(unread).toEqual([]);
    expect(text).not.toContain('某人');
  });

  it('a table of twenty thousand rows in a moment, every cell in its place', async () => {
    const cell = (text: string) => `<w:tc>${paragraph(run(text))}</w:tc>`;
    const rows = Array.from(
      { length: 20_000 },
      (_, i) => `<w:tr>${cell(`学号${i}`)}${cell('张三')}${cell('')}</w:tr>`,
    );
    const began = performance.now();
    const { text } = await extractText(buildDocx(`<w:tbl>${rows.join('')}</w:tbl>`), {
      maxTextLength: 1_000_000,
    });
    expect(text.split('\n')).toEqual(rows.map((_, i) => `学号${i}\t张三`));
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('knows styles whose text is not shown', async () => {
    const styles =
      '<w:styles><w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="Plain"/></w:styles>';
    const body = paragraph(
      run('见', '<w:rPr><w:rStyle w:val="Plain"/></w:rPr>') +
        run('密', '<w:rPr><w:rStyle w:val="Secret"/></w:rPr>'),
    );
    const { text } = await extractText(buildDocx(body, { 'word/styles.xml': styles }));
    expect(text).toBe('见【隐藏文字：密】');
  });

  it('gives text boxes once, headers, footnotes and comments, without who wrote them', async () => {
    const box = `<mc:AlternateContent><mc:Choice><w:txbxContent>${paragraph(run('框内'))}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>${paragraph(run('框内'))}</w:txbxContent></mc:Fallback></mc:AlternateContent>`;
    const { text, parts } = await extractText(
      buildDocx(paragraph(`<w:r>${box}</w:r>${run('正文')}`), {
        'word/header1.xml': `<w:hdr>${paragraph(run('内部资料'))}</w:hdr>`,
        'word/header2.xml': `<w:hdr>${paragraph(run('内部资料'))}</w:hdr>`,
        'word/footnotes.xml': `<w:footnotes>${paragraph(run('注一'))}</w:footnotes>`,
        'word/comments.xml': `<w:comments><w:comment w:author="某老师">${paragraph(run('电话要删'))}</w:comment></w:comments>`,
      }),
    );
    expect(text.match(/框内/g)).toHaveLength(1);
    expect(text.match(/内部资料/g)).toHaveLength(1);
    expect(parts.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['', false],
      ['页眉', false],
      ['脚注', false],
      ['批注', true],
    ]);
    expect(text).not.toContain('某老师');
  });

  it('a document of pictures is a scan; pictures beside a text are noted', async () => {
    const media = { 'word/media/image1.png': new Uint8Array(9), 'word/media/image2.jpeg': new Uint8Array(9) };
    const scan = await extractText(buildDocx(paragraph(run('附件1')), media));
    expect(scan.unread).toEqual([{ part: null, reason: 'scanned' }]);
    const report = await extractText(buildDocx(paragraph(run('正文内容很长。'.repeat(30))), media));
    expect([report.unread, report.notes]).toEqual([[], ['有 2 张图片，图中文字未检查']]);
  });

  it('reads the table that is embedded in a document', async () => {
    const inner = buildXlsx([{ name: '底表', rows: textRow(['李四', '13800000000']) }]);
    const file = buildDocx(paragraph(run('见图')), { 'word/embeddings/Microsoft_Excel_Sheet1.xlsx': inner });
    const { text, parts } = await extractText(file);
    expect(text).toContain('13800000000');
    expect(parts.find(({ name }) => name.startsWith('嵌入文件'))?.hidden).toBe(true);
  });
});

describe('XLSX', () => {
  it('marks hidden sheets, rows and columns', async () => {
    const file = buildXlsx([
      { name: '公示', rows: textRow(['一等奖', '王某']) + textRow(['二等奖', '李某'], 'hidden="1"') },
      {
        name: '名单',
        state: 'hidden',
        before: '<cols><col min="2" max="2" hidden="1"/></cols>',
        rows: textRow(['王某', '110101']),
      },
      { name: '底稿', state: 'veryHidden', rows: textRow(['草稿']) },
    ]);
    const { text, parts, notes } = await extractText(file);
    expect(text).toBe(
      '【工作表：公示】\n一等奖\t王某\n【隐藏行】二等奖\t李某\n\n【隐藏工作表：名单】\n王某\t【隐藏列】110101\n\n【深度隐藏工作表：底稿】\n草稿',
    );
    expect(parts.map(({ hidden }) => hidden)).toEqual([false, true, true]);
    expect(notes.join()).toContain('1 个隐藏行');
    expect(notes.join()).toContain('1 个隐藏列');
  });

  it('shows numbers as their cells do, and long ones with all their digits', async () => {
    const file = buildXlsx(
      [
        {
          name: 'S',
          rows: '<row><c s="1"><v>45352</v></c><c s="2"><v>0.125</v></c><c><v>110101199003074477</v></c><c><v>1.10101199003074E+17</v></c><c t="b"><v>1</v></c><c t="s"><v>0</v></c></row>',
        },
      ],
      {
        'xl/styles.xml':
          '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="31"/><xf numFmtId="170"/></cellXfs></styleSheet>',
        'xl/sharedStrings.xml': '<sst><si><r><t>共</t></r><r><t>享</t></r><rPh><t>gong</t></rPh></si></sst>',
      },
    );
    const { text } = await extractText(file);
    expect(text.split('\n')[1]?.split('\t')).toEqual([
      '2024年3月1日',
      '12.5%',
      '110101199003074477',
      '110101199003074000',
      'TRUE',
      '共享',
    ]);
  });

  it('reads what stands beside the cells: comments, headers, pivot and link caches', async () => {
    const file = buildXlsx(
      [
        {
          name: 'S',
          rows: textRow(['甲']),
          after: '<headerFooter><oddHeader>&amp;C&amp;"宋体,加粗"&amp;14内部表</oddHeader></headerFooter>',
        },
      ],
      {
        'xl/comments1.xml':
          '<comments><authors><author>某人</author></authors><commentList><comment ref="A1"><text><r><t>批注在此</t></r></text></comment></commentList></comments>',
        'xl/drawings/drawing1.xml':
          '<xdr:wsDr><a:p><a:r><a:t>文本</a:t></a:r><a:r><a:t>框</a:t></a:r></a:p></xdr:wsDr>',
        'xl/pivotCache/pivotCacheRecords1.xml':
          '<pivotCacheRecords><r><s v="赵六"/><n v="88"/></r></pivotCacheRecords>',
        'xl/externalLinks/externalLink1.xml':
          '<externalLink><cell r="A1"><v>外部值</v></cell></externalLink>',
      },
    );
    const { text } = await extractText(file);
    for (const found of ['内部表', '批注在此', '文本框', '赵六', '外部值']) expect(text).toContain(found);
    expect(text).not.toMatch(/宋体|某人/);
  });

  it('cuts the longest sheet first, so that a hidden one behind it is seen', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => textRow([`第${i}行${'字'.repeat(20)}`])).join('');
    const file = buildXlsx([
      { name: '长', rows },
      { name: '藏', state: 'hidden', rows: textRow(['要紧的']) },
    ]);
    const { text, truncated, unread } = await extractText(file, { maxTextLength: 1000 });
    expect(text).toContain('要紧的');
    expect(truncated).toBe(true);
    expect(unread).toEqual([{ part: '工作表：长', reason: 'cut-off' }]);
    expect(text.length).toBeLessThan(1100);
  });
});

describe('other forms of tables', () => {
  it.each(['biff8', 'xlsb', 'ods', 'xlml'] as const)(
    '%s: sheets, hidden ones, whole numbers',
    async (bookType) => {
      const book = utils.book_new();
      utils.book_append_sheet(
        book,
        utils.aoa_to_sheet([
          ['姓名', 110101199003074],
          ['张三', 2.5],
        ]),
        '公示',
      );
      utils.book_append_sheet(book, utils.aoa_to_sheet([['藏着的']]), '名单');
      book.Workbook = { Sheets: [{ name: '公示' }, { name: '名单', Hidden: 1 }] };
      const { kind, text, unread } = await extractText(
        new Uint8Array(write(book, { type: 'buffer', bookType })),
      );
      expect([kind, unread]).toEqual(['sheet', []]);
      expect(text).toContain('姓名\t110101199003074\n张三\t2.5');
      expect(text).toContain('藏着的');
      // The writer that makes these files forgets it in this one.
      if (bookType !== 'ods') expect(text).toContain('【隐藏工作表：名单】');
    },
  );
});

it('ODS: hidden sheets, rows and columns are marked, comments given without their writers', async () => {
  const cell = (text: string) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`;
  const content = `<c><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
<table:table table:name="公示"><table:table-column/><table:table-column table:visibility="collapse"/>
<table:table-row>${cell('姓名')}${cell('手机')}</table:table-row><table:table-row><table:table-cell table:number-columns-repeated="1"/>${cell('隔')}</table:table-row><table:table-row table:visibility="collapse">${cell('张三')}<table:table-cell><office:annotation><dc:creator>某人</dc:creator><text:p>批注</text:p></office:annotation><text:p>139</text:p></table:table-cell></table:table-row></table:table>
<table:table table:name="名单" table:style-name="ta2"><table:table-row>${cell('底稿')}</table:table-row></table:table></c>`;
  const mimetype = 'application/vnd.oasis.opendocument.spreadsheet';
  const { kind, text } = await extractText(buildZip({ mimetype, 'content.xml': content }));
  expect(kind).toBe('sheet');
  expect(text).toBe(
    '【工作表：公示】\n姓名\t【隐藏列】手机\n【隐藏列】隔\n【隐藏行】张三\t【隐藏列】139\n\n【工作表：公示：批注】\n批注\n\n【隐藏工作表：名单】\n底稿',
  );
});

it('a sheet that is named but missing, and a file with nothing in it, are not clean', async () => {
  const whole = { 'xl/workbook.xml': '<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>' };
  expect((await extractText(buildZip(whole))).unread).toEqual([{ part: '工作表：S', reason: 'damaged' }]);
  expect((await extractText(buildDocx(''))).unread).toEqual([{ part: null, reason: 'empty' }]);
});

describe('slides and layouts', () => {
  it('PPTX: slides in order, hidden ones and notes', async () => {
    const slide = (text: string, show = '') =>
      `<p:sld ${show}><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:sld>`;
    const { text } = await extractText(
      buildZip({
        'ppt/presentation.xml': '<p:presentation/>',
        'ppt/slides/slide10.xml': slide('末页'),
        'ppt/slides/slide2.xml': slide('藏页', 'show="0"'),
        'ppt/notesSlides/notesSlide1.xml': '<p:notes><a:p><a:t>口播</a:t></a:p></p:notes>',
      }),
    );
    expect(text).toBe('【隐藏幻灯片 1】\n藏页\n\n【幻灯片 2】\n末页\n\n【演讲者备注】\n口播');
  });

  it('ODT: paragraphs and notes, without who wrote the notes', async () => {
    const content =
      '<office:document-content><text:p>正文<office:annotation><dc:creator>某人</dc:creator><dc:date>2026</dc:date><text:p>批注</text:p></office:annotation></text:p><text:h>标题</text:h></office:document-content>';
    const mimetype = 'application/vnd.oasis.opendocument.text';
    const { kind, text } = await extractText(buildZip({ mimetype, 'content.xml': content }));
    expect([kind, text]).toEqual(['odf', '正文批注\n标题']);
  });

  it('OFD: text runs page by page; one of pictures alone could not be checked', async () => {
    const page = (text: string) =>
      `<ofd:Page><ofd:TextObject><ofd:TextCode>${text}</ofd:TextCode></ofd:TextObject></ofd:Page>`;
    const read = await extractText(
      buildZip({
        'OFD.xml': '<ofd:OFD/>',
        'Doc_0/Pages/Page_0/Content.xml': page('红头文件'),
        'Doc_0/Pages/Page_1/Content.xml': page('第二页'),
      }),
    );
    expect([read.text, read.unread]).toEqual(['红头文件\n\n第二页', []]);
    const scan = await extractText(
      buildZip({ 'OFD.xml': '<ofd:OFD/>', 'Doc_0/Pages/Page_0/Content.xml': '<ofd:Page/>' }),
    );
    expect(scan.unread).toEqual([{ part: null, reason: 'scanned' }]);
  });
});
