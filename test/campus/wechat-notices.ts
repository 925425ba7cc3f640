/** What mp.weixin.qq.com shows instead of an article, always with status 200. */
export type WechatNotice = 'deleted' | 'violating' | 'unavailable' | 'link-expired' | 'captcha' | 'login';

const words: Record<Exclude<WechatNotice, 'unavailable' | 'captcha'>, string> = {
  deleted: '该内容已被发布者删除',
  violating: '此内容因违规无法查看',
  'link-expired': '链接已过期',
  login: '请在微信客户端打开链接',
};

function renderNotice(title: string): string {
  return `<!DOCTYPE html>
<html class=""><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title></title>
<script nonce="" type="text/javascript">window.logs = { pagetime: {} };</script></head>
<body id="activity-detail" class="zh_CN ">
<div class="weui-msg"><div class="weui-msg__icon-area"><i class="weui-icon-warn weui-icon_msg"></i></div>
<div class="weui-msg__text-area"><div class="weui-msg__title warn">${title}</div></div>
<div class="weui-msg__extra-area"><div class="weui-footer"></div></div></div>
</body></html>`;
}

export function renderWechatNotice(notice: WechatNotice): string {
  if (notice === 'unavailable') {
    return '<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html;charset=utf8"><title>该内容暂时无法查看</title></head><body><div class="panel"><div class="mesg-block"><p>该内容暂时无法查看</p></div></div></body></html>';
  }
  if (notice === 'captcha') {
    return '<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body><div class="weui-msg"><div class="weui-msg__text-area"><h2 class="weui-msg__title">环境异常</h2><p class="weui-msg__desc">当前环境异常，完成验证后即可继续访问。</p></div><div class="weui-msg__opr-area"><a id="js_verify" href="javascript:;" class="weui-btn weui-btn_primary">去验证</a></div></div></body></html>';
  }
  return renderNotice(words[notice]);
}
