import { describe, expect, it } from 'vitest';
import { isMachineError } from './machine-error.ts';

describe('isMachineError', () => {
  it.each([
    [
      '<%@ include file="/_template/part_3.jsp" %> {标题}\norg.x.RenderException: part not found at a.b.C.d(C.java:12)',
    ],
    ['SQLSTATE[HY000] [2002] Connection refused'],
    ['Warning: mysql_connect(): failed in /www/index.php on line 12'],
    ['HTTP Status 500 – Internal Server Error\nTraceback (most recent call last):'],
    ['系统提示：数据库连接失败'],
    ["Microsoft OLE DB Provider for ODBC Drivers 错误 '80004005'\n/inc/db.asp，行 7"],
    ['Parse error: syntax error, unexpected end of file in /www/a.php'],
    ['ADODB.Connection 错误 800a0e7a'],
  ])('knows %j', (text) => expect(isMachineError(text)).toBe(true));

  it.each([
    [''],
    ['报修电话 80012345，行 3 车位。'],
    [
      '本周讲座：用 ODBC 连接数据库，地点在信息楼报告厅，欢迎同学们参加。\n主讲人将演示三种常见的连接方法，并现场回答同学们提出的问题。',
    ],
    ['自下周一起，图书馆一层自习区开放至二十三点。'],
    [
      '实验课讲解了空指针的成因与排查，同学们当场改好了自己的程序，助教逐一检查并给出了成绩。\njava.lang.NullPointerException: x',
    ],
  ])('leaves %j alone', (text) => expect(isMachineError(text)).toBe(false));
});
