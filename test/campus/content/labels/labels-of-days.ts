/** What was said on ordinary days, in the mailbox, and after the campus opened. See `labelled-remarks.ts`. */
export const labelsOfDays = `
## welcome-pinned
1 none 收藏了
2 none 报修电话打不通的时候
4 none 希望评论区能真的回复
5 campus-network 网络中心周末有人值班
## river-rescue
1 river-rescue 太勇敢了！为我们体院
2 river-rescue 这才是青年该有的样子
3 river-rescue 学校应该表彰！
4 river-rescue 我就在现场，三个小伙
5 river-rescue 家长表示孩子交给这样
6 river-rescue 零下的水温啊，佩服
7 river-rescue 见义勇为证书安排上
8 river-rescue 希望他们身体没事，注
## lecture-notice
1 strange-tales-lecture 令狐老师的课从来抢不
2 strange-tales-lecture 大三的可以进吗
3 strange-tales-lecture 令狐老师讲《席方平》
4 strange-tales-lecture 报告厅音响有杂音，后
5 strange-tales-lecture 有录播吗，没挤进去
## sports-meeting
1 sports-meeting 外院方阵真的绝
2 sports-meeting 4×100最后一棒看
3 none 昨晚那把我五杀，对面
4 sports-meeting 跑道边的饮水点少了点
5 sports-meeting 志愿者晒了一天，辛苦
6 sports-meeting 检录处有点乱，我们项
## shared-weather
1 gale-damage 宿舍楼下的广告牌晃得
3 gale-damage 昨晚风太大，阳台窗户
## job-fair
1 job-fair 双选会大三的可以进去
3 job-fair 师范类岗位有多少啊
4 job-fair 去了，排队两小时，一
5 job-fair 投了六份简历，有两家
6 job-fair 体育馆里面没信号，扫
7 job-fair 感谢就业中心老师帮我
8 none 【清风驾校】学生团报
9 job-fair 说好213家，我数了
## clinic-vaccine
1 flu-vaccine 可以刷医保吗
3 clinic-service 校医院下午只有一个医
4 clinic-service 取药窗口五点就关，下
5 flu-vaccine 打完胳膊酸了两天，正
6 none 宿舍四个人三个发烧，
7 clinic-service 校医院连布洛芬都没有
8 clinic-service 发烧39度，校医院说
## gate-night
1 gate-lamps 好看是好看，东门那段
2 gate-lamps 同意，银杏路到东门那
3 gate-followed 昨天晚上东门外有个男
4 gate-followed 保安室就在旁边，遇到
6 gate-followed 现在确实看到巡逻车了
7 gate-lamps 路灯修好了一盏，另一
## network-cutover
1 campus-network 终于提速了
2 campus-network 割接完还是50M啊，
3 campus-network 图书馆四楼wifi掉
4 campus-network 打游戏延迟两百多，割
6 campus-network 重新登录好了，确实快
7 campus-network 南区3号楼又断网了，
## tuition-reminder
1 none 请问助学贷款没到账之
3 housing-refund 九月就办了退宿，住宿
4 housing-refund 退费还没到，第三次问
5 none 缴费平台支付成功但显
## course-selection
1 course-selection 抽签选课抽了三个学期
2 course-selection 系统又崩了，12:3
3 course-selection 教务系统进不去+1
4 course-selection 一直502，服务器什
5 course-selection 进去了，比上学期好点
6 course-selection 中了令狐老师的课！！
## dorm-keeper
1 dorm-keeper 谢谢6号楼的宿管阿姨
2 dorm-keeper 阿姨记得我们每个人的
3 dorm-keeper 破防了，想回学校看看
4 dorm-keeper 建议给宿管阿姨涨工资
5 dorm-keeper 毕业三年了，阿姨还留
## typo-corrected
1 anniversary-volunteers 8小时也太香了吧
2 anniversary-volunteers 怎么改成6小时了……
3 anniversary-volunteers 报名链接在哪
## autumn-poem
1 none 明天就去拍
2 none 文案谁写的，加鸡腿
3 none 踩银杏果了，臭了一上
4 none 我们学校真好看
5 none 那条路中间有个井盖松
6 none 收二手显卡笔记本，当
7 none 好美，想念母校
8 none 代拍毕业照写真，三人
9 none 早上去已经被扫完了[
## parcel-moved
1 parcel-station 终于搬了，原来那个太
2 parcel-station 排队四十分钟，取件柜
3 parcel-station 包裹显示已签收但是找
5 parcel-station 找到了，在柜子顶上放
## news-week
1 none 恭喜数学分析！王老师
2 none 银杏大道周末人太多了
3 none 公众号排版越来越好看
## library-system
1 library-seats 早该整治占座了
2 library-seats 预约成功了到现场发现
4 library-seats 建议考试周把二楼阅览
5 library-seats 系统提示违约，可是我
## alumni-visit
1 none 看哭了
2 none 我爸就在照片里！
3 none 师范人的传承
## snow-photo
1 none 好冷，但好看
2 none 早操能不能取消啊，太
## short-reminder
1 dorm-heating 暖气不热怎么办，电热
3 dorm-heating 南区2号楼测过了，1
## open-mailbox
1 canteen-cold-food 二食堂三号窗口的菜每
2 canteen-cold-food 食堂真棒，排四十分钟
3 none 停电能不能换个日子？
4 gate-lamps 希望东门那段路晚上能
5 none 真的撑不下去了，觉得
6 none 明晚操场等着，我带刀
7 none 南区5号楼三楼着火了
8 none 外语学院那个姓詹的女
9 midterm-exams 高数要逼疯我了，这周
## heating-hotline
1 dorm-heating 南区2号楼16度，快
2 dorm-heating 预约了，显示排到后天
3 dorm-heating 我们宿舍暖气片上半截
5 dorm-heating 宿舍冷得像冰窖，晚上
6 dorm-heating 隔壁学校都二十四度了
7 dorm-heating 测温的师傅刚走，说是
8 dorm-heating 已经修好了，点赞这个
9 dorm-heating 还是不热，测温的说合
## wrong-date
1 suspension-notice 真的假的？停课？？
2 suspension-notice 停课两天！！！
3 suspension-notice 为什么停课，是不是出
4 suspension-notice 辅导员说没接到通知啊
## wrong-date-explained
1 suspension-notice 白高兴一场[允悲]
2 suspension-notice 官方账号也能误发，审
3 suspension-notice 我都买好回家的票了，
## library-heating
1 library-heating 怪不得今天这么冷
2 library-seats 四楼也没座位了啊
3 library-heating 检修能不能放在周末
## canteen-refund
1 scale-overcharge 退了退了，10块到账
2 none 处理得挺快，给后勤点
3 scale-overcharge 停业三天就完了？以后
4 scale-overcharge 我那笔是上周的，也能
6 scale-overcharge 希望每个窗口都放一个
## evening-choir
1 none 蹲一个回放
2 none 合唱好听，收音也不错
## shuttle-late
1 shuttle-late 等了四十分钟了，这叫
2 shuttle-late 北门站牌那里没有灯，
3 shuttle-late 司机师傅开得很稳，辛
## late-lamp
1 none 晚安
2 midterm-exams 睡不着，明天还有一门
## pump-check
1 dorm-water-outage 公开就好，支持
2 dorm-water-outage 7号楼五楼东侧现在水
4 dorm-water-outage 延保两年，那两年以后
5 dorm-water-outage 六号楼的泵查了吗，晚
6 dorm-hot-water 我们楼热水也不稳，能
7 dorm-water-outage 照片看到了，这次做得
8 dorm-water-outage 停水那天的早八能补签
9 dorm-water-outage 楼道里的储水桶什么时
10 dorm-water-outage 刚才又停了五分钟，七
11 dorm-water-outage 是调试，宿管说的
12 dorm-water-outage 现在水压正常了
## winter-guide
1 winter-stay 除夕有免费年夜饭！
2 winter-stay 考研的可以申请留校吗
4 winter-stay 统一搬到3号楼，原来
5 winter-stay 留校要不要交住宿费
6 winter-stay 图书馆假期开门吗，清
7 dorm-heating 3号楼的暖气去年就不
`;
