import { createServer } from 'node:http';

/** A site of articles in lists of twenty, of the size and make of a real one's. Started as a process of its own: `crawl-site.ts PAGES`. */
const articleCount = Number(process.argv[2] ?? 1000);
const rowsPerList = 20;

const menu = Array.from(
  { length: 60 },
  (_, i) =>
    `<li class="nav-item"><a class="nav-link" href="/col/${i}.html" onclick="return show(${i})">栏目${i}</a></li>`,
).join('\n');
const frame = (title: string, main: string) => `<!DOCTYPE html><html><head><meta charset="utf-8">
<title>${title}-沧澜师范学院</title><link rel="stylesheet" href="/css/site.vsb.css"><!--Announced by Visual SiteBuilder 9-->
<style>${'.nav-item{float:left;padding:0 12px;line-height:40px}'.repeat(60)}</style>
<script>${'function show(i){var e=document.getElementById("c"+i);if(e){e.style.display="block"}}\n'.repeat(40)}</script></head><body>
<div class="header"><img src="/images/logo.png"><ul class="nav">${menu.replaceAll('/col/', 'javascript:void(0)//')}</ul></div>
<div class="main">${main}</div><div class="footer"><p>版权所有 沧澜师范学院</p><p>地址：沧澜市学府路1号</p></div></body></html>`;

const sentences = [
  '为进一步做好本学期教学设备检修工作，现将有关事项通知如下。',
  '各单位应于本周五前报送检修清单，逾期不予受理。',
  '检修期间部分教室暂停使用，请任课教师提前安排。',
  '食堂一楼窗口营业时间调整为早七点至晚八点。',
];

function articlePage(number: number): string {
  const paragraphs = Array.from(
    { length: 18 },
    (_, i) => `<p>${sentences[(number + i) % 4]}（${number}-${i}）</p>`,
  );
  return frame(
    `关于第${number}号检修工作的通知`,
    `<form name="_newscontent_fromname"><h1>关于第${number}号检修工作的通知</h1><div>发布时间：2026-11-20 10:30:00 来源：后勤处</div>
<div id="vsb_content"><div class="v_news_content">${paragraphs.join('\n')}</div></div></form>`,
  );
}

function listPage(page: number): string {
  const first = page * rowsPerList;
  const rows = Array.from({ length: Math.min(rowsPerList, articleCount - first) }, (_, i) => {
    const number = first + i;
    return `<li id="line_u9_${i}"><a href="/info/1031/${number}.htm" title="关于第${number}号检修工作的通知">关于第${number}号检修工作的通知</a><span>2026-11-20</span></li>`;
  });
  const hasNext = first + rowsPerList < articleCount;
  const pager = hasNext
    ? `<a href="/tzgg/${page + 1}.htm" class="Next">下页</a>`
    : '<span class="NextDisabled">下页</span>';
  return frame(
    '通知公告',
    `<div class="list"><ul>${rows.join('\n')}</ul></div><div class="pager">${pager}</div>`,
  );
}

const server = createServer(({ url = '/' }, response) => {
  const article = /^\/info\/1031\/(\d+)\.htm$/.exec(url)?.[1];
  const list = url === '/tzgg.htm' ? '0' : /^\/tzgg\/(\d+)\.htm$/.exec(url)?.[1];
  const body =
    article !== undefined ? articlePage(Number(article)) : list !== undefined ? listPage(Number(list)) : null;
  response.writeHead(body === null ? 404 : 200, { 'content-type': 'text/html' });
  response.end(body ?? 'Not Found');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object')
    process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
// Its starter closes standard input when it is done.
process.stdin.resume().on('end', () => process.exit(0));
