/** A cell that begins like a formula is not to be worked out by whoever opens the file; the wide signs are taken for the same by some. */
function writeCell(text: string | undefined): string {
  const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(text ?? '') ? `'${text}` : (text ?? '');
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const byteOrderMark = '\ufeff';

/** One line a row, with a byte order mark, for Excel reads the encoding by that. */
export function writeCsv(rows: readonly (readonly (string | undefined)[])[]): string {
  return `${byteOrderMark}${rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('')}`;
}
