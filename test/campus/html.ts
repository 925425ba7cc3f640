const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** A title as list templates print it: cut to a number of characters, with a mark. */
export function cutTitle(title: string, lengthMax: number, mark: string): string {
  const characters = [...title];
  return characters.length <= lengthMax ? title : characters.slice(0, lengthMax).join('') + mark;
}

/** What a template needs of a body: its text as paragraphs, as Word's and the editor's markup leaves it. */
export function renderParagraph(text: string, position: number): string {
  const safe = escapeHtml(text);
  const shapes = [
    `<p style="text-indent:2em">${safe}</p>`,
    `<p class="MsoNormal" style="line-height:150%"><span style="font-family:仿宋;font-size:12pt">&nbsp;&nbsp;&nbsp; ${safe}</span></p>`,
    `<p>　　${safe}<br /></p>`,
    `<section><p style="text-align:justify"><span style="font-size:16px"><span>${safe}</span></span></p></section>`,
  ];
  return shapes[position % shapes.length] ?? '';
}

export function renderTable(rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) => row.map((cell) => `<td><p>${escapeHtml(cell)}</p></td>`).join('');
  return `<table border="1" cellspacing="0"><tbody>\n${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}\n</tbody></table>`;
}
