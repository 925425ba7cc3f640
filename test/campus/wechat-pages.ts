import { dashedDate, shanghaiClock, shanghaiDay } from './calendar.ts';
import { escapeHtml } from './html.ts';
import { plainText, readTokens } from './spoken-text.ts';
import { ownWechat, shortUrl, titleOf, type WechatArticle } from './wechat-school.ts';

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

/** As scripts hold texts that a page decodes by itself: \x3c for <. */
function escapeScript(text: string): string {
  const codes: Record<string, string> = {
    '\\': '\\x5c',
    '\r': '\\x0d',
    '"': '\\x22',
    '&': '\\x26',
    "'": '\\x27',
    '<': '\\x3c',
    '>': '\\x3e',
    '\n': '\\x0a',
  };
  return text.replace(/[\\\r"&'<>\n]/g, (character) => codes[character] ?? character);
}

function paragraphsOf(article: WechatArticle): string[] {
  return article.paragraphs.map((text) => plainText(readTokens(text)));
}

function picture(article: WechatArticle, index: number): string {
  return `https://mmbiz.qpic.cn/mmbiz_jpg/canglan${article.ids.sn.slice(0, 8)}${index}/640?wx_fmt=jpeg`;
}

/** The body as the editor leaves it: sections in sections, pictures that load late. */
export function renderBody(article: WechatArticle): string {
  const shapes = [
    (text: string) =>
      `<section style="line-height: 1.75em;margin: 0 8px;"><span style="font-size: 16px;" leaf="">${text}</span></section>`,
    (text: string) => `<p style="text-align: justify;"><span style="letter-spacing: 1px;">${text}</span></p>`,
    (text: string) =>
      `<section data-role="paragraph"><section><p><strong>${text.slice(0, 4)}</strong>${text.slice(4)}<br  /></p></section></section>`,
  ];
  return paragraphsOf(article)
    .map((text, index) => {
      const shaped = shapes[index % shapes.length]?.(escapeHtml(text)) ?? '';
      return index === 1
        ? `${shaped}<p style="text-align: center;"><img class="rich_pages wxw-img" data-ratio="0.66" data-src="${picture(article, index)}" data-type="jpeg" data-w="1080" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="  /></p>`
        : shaped;
    })
    .join('\n');
}

function minute(at: Date): string {
  return `${dashedDate(shanghaiDay(at))} ${shanghaiClock(at).slice(0, 5)}`;
}

const showTypes = { article: 0, image: 8, text: 10 } as const;

function pageData(article: WechatArticle, now: Date): string {
  const { ids, source } = article;
  const form = source.form ?? 'article';
  const plain = paragraphsOf(article).join('\n');
  const content = form === 'article' ? renderBody(article) : plain;
  const pictures = form === 'image' ? [0, 1, 2].map((index) => picture(article, index)) : [];
  const text = (value: string) => `JsDecode('${escapeScript(value)}')`;
  return `<script type="text/javascript" h5only nonce="1063571210" reportloaderror>
  (function() {
    function JsDecode(str) { return str && str.replace(/\\\\x3c/g, '<').replace(/\\\\x3e/g, '>'); }
    try {
      window.cgiDataNew = {
        base_resp: { ret: '0' * 1, errmsg: JsDecode('ok'), },
        user_name: JsDecode('${ownWechat.userName}'),
        nick_name: ${text(ownWechat.name)},
        title: ${text(titleOf(article))},
        desc: ${text(source.digest ?? '')},
        content_noencode: ${text(content)},
        create_time: JsDecode('${minute(article.at)}'),
        link: ${text(shortUrl(ids))},
        source_url: JsDecode(''),
        type: '9' * 1,
        author: ${text(article.author)},
        ori_create_time: '${seconds(article.at)}' * 1,
        comment_id: JsDecode('${ids.commentId}'),
        svr_time: '${seconds(now)}' * 1,
        bizuin: JsDecode('${ownWechat.biz}'),
        mid: '${ids.mid}' * 1,
        idx: '${ids.idx}' * 1,
        sn: JsDecode('${ids.sn}'),
        copyright_stat: '0' * 1,
        item_show_type: '${showTypes[form]}' * 1,
        picture_page_info_list: [
${pictures.map((url) => `          { cdn_url: ${text(url)}, width: '1080' * 1, height: '1440' * 1, },`).join('\n')}
        ],
        ip_wording: { country_name: JsDecode('中国'), province_name: JsDecode('河北'), },
      };
    } catch (e) { console.error(e); }
  })();
</script>`;
}

function head(article: WechatArticle): string {
  const title = escapeHtml(titleOf(article));
  return `<!DOCTYPE html>
<html class="">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1.0,maximum-scale=1.0,user-scalable=0,viewport-fit=cover">
<meta name="description" content="${escapeHtml(article.source.digest ?? '')}" />
<meta name="author" content="${escapeHtml(article.author)}" />
<meta property="og:title" content="${title}" />
<meta property="og:url" content="${shortUrl(article.ids)}" />
<meta property="og:site_name" content="微信公众平台" />
<meta property="og:type" content="article" />
<meta property="og:article:author" content="${escapeHtml(article.author)}" />
<title></title>
</head>`;
}

function renderArticle2025(article: WechatArticle, now: Date): string {
  const { ids, at } = article;
  const title = escapeHtml(titleOf(article));
  return `${head(article)}
<body id="activity-detail" class="zh_CN wx_wap_page mm_appmsg">
<script type="text/javascript" nonce="1063571210" reportloaderror>
  var biz = "${ownWechat.biz}" || "";
  var sn = "${ids.sn}" || "" || "";
  var mid = "${ids.mid}" || "" || "";
  var idx = "${ids.idx}" || "" || "";
  window.item_show_type = "0" || "";
</script>
<div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content" class="rich_media_area_primary">
<div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title " id="activity-name">
              ${title}
</h1>
<div id="meta_content" class="rich_media_meta_list">
<span class="rich_media_meta rich_media_meta_text">${escapeHtml(article.author)}</span>
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" id="js_name">
              ${ownWechat.name}            </a></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text"></em>
</div>
<div class="rich_media_content js_underline_content autoTypeSetting24psection" id="js_content" style="visibility: hidden; opacity: 0; ">
${renderBody(article)}
</div>
</div></div></div></div>
<script type="text/javascript" nonce="1063571210" reportloaderror>
  var nickname = htmlDecode("${ownWechat.name}");
  var ct = "${seconds(at)}";
  var createTime = '${minute(at)}';
  var user_name = "${ownWechat.userName}";
  var msg_title = '${escapeScript(escapeHtml(titleOf(article)))}'.html(false);
  var msg_desc = htmlDecode("${escapeScript(article.source.digest ?? '')}");
  var msg_link = "${shortUrl(ids)}";
  var comment_id = '${ids.commentId}' || '0';
</script>
${pageData(article, now)}
</body>
</html>`;
}

function renderArticle2018(article: WechatArticle): string {
  const { ids, at } = article;
  const title = escapeHtml(titleOf(article));
  return `<!DOCTYPE html>
<!--headTrap<body></body><head></head><html></html>--><html>
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title></title>
<script nonce="2045" type="text/javascript">
  var biz = ""||"${ownWechat.biz}";
  var sn = "" || ""|| "${ids.sn}";
  var mid = "" || ""|| "${ids.mid}";
  var idx = "" || "" || "${ids.idx}";
</script></head>
<body id="activity-detail" class="zh_CN mm_appmsg">
<div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content"><div id="img-content">
<h2 class="rich_media_title" id="activity-name">
  ${title}
</h2>
<div id="meta_content" class="rich_media_meta_list">
<em id="post-date" class="rich_media_meta rich_media_meta_text">${dashedDate(shanghaiDay(at))}</em>
<em class="rich_media_meta rich_media_meta_text">${escapeHtml(article.author)}</em>
<a class="rich_media_meta rich_media_meta_link rich_media_meta_nickname" href="##" id="post-user">${ownWechat.name}</a>
</div>
<div class="rich_media_content " id="js_content">
${renderBody(article)}
</div></div></div></div></div>
<script nonce="2045" type="text/javascript">
  var nickname = "${ownWechat.name}";
  var appmsg_type = "9";
  var ct = "${seconds(at)}";
  var publish_time = "${dashedDate(shanghaiDay(at))}" || "";
  var user_name = "${ownWechat.userName}";
  var msg_title = "${escapeScript(titleOf(article))}";
  var msg_desc = "${escapeScript(article.source.digest ?? '')}";
  var msg_link = "http://mp.weixin.qq.com/s?__biz=${ownWechat.biz}\\x26amp;mid=${ids.mid}\\x26amp;idx=${ids.idx}\\x26amp;sn=${ids.sn}#rd";
  var comment_id = "${ids.commentId}" || "${ids.commentId}" * 1;
</script>
</body></html>`;
}

/** Pages of pictures and of short texts: what they say is in the script only, or in the description of the text. */
function renderShort(article: WechatArticle, now: Date): string {
  const form = article.source.form === 'text' ? 'text' : 'image';
  const shown =
    form === 'text'
      ? `<div class="rich_media_content"><p id="js_text_desc" class="text_desc">${escapeHtml(paragraphsOf(article).join('\n')).replaceAll('\n', '<br>')}</p></div>`
      : '<div id="js_image_content" class="share_media_swiper"></div>';
  return `${head(article)}
<body id="activity-detail" class="zh_CN wx_wap_page">
<div id="js_article" class="share_content_page">${shown}</div>
<script type="text/javascript" nonce="1063571210" reportloaderror>
  window.biz = '' || '${ownWechat.biz}';
  window.item_show_type = '${showTypes[form]}' || '';
  window.mid = '' || '' || '${article.ids.mid}';
  window.idx = '' || '' || '${article.ids.idx}';
  window.sn = '' || '' || '${article.ids.sn}';
  window.ct = '${seconds(article.at)}';
</script>
${pageData(article, now)}
</body>
</html>`;
}

/** The page of an article as mp.weixin.qq.com sends it, in the template of its time and kind. */
export function renderArticlePage(article: WechatArticle, now: Date): string {
  if (article.source.form === 'image' || article.source.form === 'text') return renderShort(article, now);
  return article.source.template === '2018' ? renderArticle2018(article) : renderArticle2025(article, now);
}
