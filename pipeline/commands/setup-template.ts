import { type ColumnSpec, explainingSheet, setupSheets } from '../domain/setup/columns.ts';
import { knownRoleNames } from '../domain/setup/role-names.ts';
import type { WrittenSheet } from '../domain/sheet-table.ts';
import { writeWorkbook } from '../extract/write-workbook.ts';

export const templateName = '学校设置模板.xlsx';

/** Rows that keep a number's zeros when somebody types into them. */
const preparedRows = 300;

const explanations = [
  ['怎样填写'],
  ['一张表一类内容：单位、人员、值班表、审校链。不用的表留空，原有内容不变。'],
  ['带 * 的列必填。以“示例”开头的行不会导入，可以删去，也可以留着。'],
  ['一格里有几项时，用顿号、逗号或分号分开。所有格子都是文本格式，工号前面的 0 会保留。'],
  ['“单位”和“人员”：表里有的新增或修改；表里没有的不动。空格子表示不改，填“无”表示清空。'],
  ['人员离岗请在“状态”填“离岗”；只是从表里删去，账号不会停用。'],
  ['“值班表”和“审校链”：填了就以这张表为准，原来有而表里没有的会移除。'],
  ['上传后先给出检查结果，确认后才写入；有一处错误就什么都不写入。'],
  [`角色：${knownRoleNames.join('、')}。`],
  ['三员分立：独立监督人员不能兼任运维人员或安全管理员。'],
  [''],
  ['列的说明'],
];

const title = ({ header, required }: ColumnSpec) => (required ? `${header}*` : header);

/** The file that a school fills in: headers, an example row each, and a sheet that explains. */
export function buildSetupTemplate(): Uint8Array {
  const sheets = Object.values(setupSheets).map(({ name, columns }): WrittenSheet => {
    const specs: ColumnSpec[] = Object.values(columns);
    return {
      name,
      widths: specs.map(({ width }) => width),
      rows: [specs.map(title), specs.map(({ example }) => example)],
      emptyRows: preparedRows,
    };
  });
  const hints = Object.values(setupSheets).flatMap(({ name, columns }) =>
    Object.values(columns as Record<string, ColumnSpec>).map(({ header, hint }) => [
      `${name}·${header}：${hint}`,
    ]),
  );
  const explaining = {
    name: explainingSheet,
    widths: [100],
    rows: [...explanations, ...hints],
    emptyRows: 0,
  };
  return writeWorkbook([...sheets, explaining]);
}
