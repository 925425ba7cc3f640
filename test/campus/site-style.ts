/** One sheet for both sites: they should be pleasant to read in a browser, no more. */
export const siteStyle = `body{margin:0;font:16px/1.8 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#222;background:#f5f7f9}
.head,.menu,.main,.foot,.wrapper{max-width:1000px;margin:0 auto;padding:8px 20px;background:#fff}
.head,#header{background:#0f4c75;color:#fff;font-size:24px}.head a,#header a{color:#fff;text-decoration:none}.head form{float:right;font-size:14px}
.menu ul,.wp_nav{display:flex;gap:20px;flex-wrap:wrap;list-style:none;margin:0;padding:0}
.menu a,.main a,.wrapper a{color:#0f4c75}ul.news_list,ul.wp_article_list,.main ul{padding:0}.wp_paging{list-style:none;display:flex;gap:16px;padding:0}.page_nav a{margin-right:8px}
.main .list li,.block li,.news_list li,.wp_article_list li{border-bottom:1px dashed #ccc;list-style:none;overflow:hidden}
.main .list li>span,.block li>span,.news_meta,.Article_PublishDate,.news_year{float:right;color:#777}.news_days{float:right;color:#777;margin-left:6px}
h1{font-size:24px;text-align:center}td{padding:4px 12px}.foot,#footer{font-size:13px;color:#667}`;
