import { expect, it } from 'vitest';
import { collectAttachments } from './attachments.ts';
import { parseTree } from './tree.ts';

const base = 'http://a.example/info/1/2.htm';
const filesOf = (html: string) => collectAttachments(parseTree(html).elements, base);

it('one file that a viewer and its frame name differently is one file', () => {
  const files = filesOf(
    `<script>showVsbpdfIframe("/__local/1/A.pdf?e=.pdf","100%")</script>
     <iframe src="/js/viewer.html?file=%2F__local%2F1%2FA.pdf"></iframe><a href="/__local/1/A.pdf">校历</a>`,
  );
  expect(files).toEqual([{ name: '校历', url: 'http://a.example/__local/1/A.pdf?e=.pdf' }]);
});

it('two files that differ in another part of the address are two', () => {
  expect(
    filesOf('<a href="/down.jsp?id=1&e=.pdf">甲</a><a href="/down.jsp?id=2&e=.pdf">乙</a>'),
  ).toHaveLength(2);
});
