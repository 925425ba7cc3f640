/** What the school's own accounts write on a day on which nothing is the matter. With slots. */
export const ownPosts: readonly string[] = `
早安，{place}的第一缕光
今日食堂推荐：{canteen}{dish}，{clock}开始供应
【讲座预告】{course}专题，周四晚{place}
#我拍校园# {place}，今天的天空
【通知】{floor}自习室开放时间调整，请留意门口公告
{club}招新，{clock}{place}等你
我校在全省{course}教学竞赛中获一等奖
图书馆新书上架，涉及{course}、{course2}
#榜样# 她用{n29}年把志愿服务做成习惯
运动会倒计时{n29}天，方阵训练花絮
天气预报：明后两天降温，请添衣
{place}的猫今天也在认真上班
一周要闻：课题立项、校企合作、支教归来
晚安，沧澜
【提醒】请保管好个人物品，进出宿舍刷卡
校友来信：离开{place}的第{n69}年
实验室安全月，{course}学院应急演练顺利完成
节气到了，{canteen}免费供应热汤
志愿者招募：{place}秩序引导，计入志愿时长
答疑时间：评论区说说这周遇到的事
`
  .trim()
  .split('\n');
