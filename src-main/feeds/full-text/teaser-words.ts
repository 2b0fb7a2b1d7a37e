/** What publishers write at the end of a text that goes on elsewhere, in the languages of most feeds. */

/** 'Read more' and the like: whole words of a link, or the beginning of them ('Continue reading “The flood”'). */
const furtherWords = [
  // English
  '(?:please )?(?:click|tap) (?:here )?(?:to|for) (?:continue|read|see|view|more|the (?:full|rest))',
  '(?:to )?(?:continue|keep) reading',
  '(?:to )?read (?:the )?(?:more|on|full|rest|entire|whole|complete|original)(?![\\p{L}])',
  '(?:to )?read this (?:article|story|post) (?:in full|on|at)',
  'read (?:the )?(?:article|story|post)(?: in full| on| at)?',
  '(?:view|see|get) (?:the )?(?:full|rest of|entire|complete) (?:article|story|post|text|entry|the)',
  'full (?:story|article|text)',
  'more\\s*(?:[»›→>]|\\.\\.\\.|…)',
  '(?:learn|find out) more',
  // German
  '(?:jetzt )?(?:hier )?weiter ?lesen',
  'mehr (?:lesen|erfahren|dazu|…|\\.\\.\\.)',
  '(?:den )?(?:ganzen|vollständigen|kompletten) (?:artikel|beitrag|text)',
  'zum (?:vollständigen |ganzen )?(?:artikel|beitrag)',
  'lesen sie (?:weiter|mehr|den)',
  // French
  "lire (?:la suite|l[’']article|plus|aussi la suite)",
  '(?:continuer|continuez|poursuivre) (?:la |votre )?lecture',
  "(?:la )?suite (?:de l[’']article|sur|…|\\.\\.\\.)",
  'en savoir plus',
  // Spanish, Portuguese, Galician, Catalan
  '(?:leer|seguir|sigue|sigue leyendo|continuar|continúa) (?:más|leyendo|la noticia|el artículo|lendo)',
  'ver más',
  '(?:leia|ler|ver|saiba) (?:mais|o (?:artigo|texto))',
  '(?:continue|continuar) (?:lendo|a ler|a leitura)',
  '(?:llegiu-ne més|llegir més|continua llegint)',
  // Italian, Romanian
  '(?:leggi|continua a leggere|continua la lettura|per saperne di più)',
  '(?:citește|citeşte|citiți|află) (?:mai (?:mult|departe)|continuarea)',
  // Dutch, Scandinavian, Finnish
  '(?:lees|lezen) (?:meer|verder|het (?:hele|volledige))',
  'verder lezen',
  'læs (?:mere|videre|hele)',
  'les (?:mer|meir|videre|hele)',
  'läs (?:mer|vidare|hela)',
  'fortsätt läsa',
  'lue (?:lisää|koko|loput)',
  // Polish, Czech, Slovak, Hungarian, Slovene, Croatian, Serbian
  '(?:czytaj|przeczytaj) (?:dalej|więcej|całość|cały)',
  '(?:číst|čti|čtěte|přečíst) (?:dál|více|dále|celý)',
  '(?:čítať|čítajte) (?:ďalej|viac)',
  '(?:tovább(?: olvasom| a cikkhez)?|olvass tovább|bővebben)',
  '(?:preberi|beri) več',
  '(?:pročitaj|pročitajte|opširnije|nastavi čitati)',
  // Turkish, Greek
  '(?:devamını oku|devamı(?: için)?|daha fazla(?:sı)?|okumaya devam)',
  '(?:διαβάστε (?:περισσότερα|τη συνέχεια|ολόκληρο)|περισσότερα|συνέχεια)',
  // Russian, Ukrainian, Bulgarian
  '(?:читать|читайте|узнать) (?:далее|дальше|полностью|больше|подробнее|продолжение|весь)',
  '(?:подробнее|продолжение)',
  '(?:читати|читайте) (?:далі|більше|повністю)',
  'детальніше',
  '(?:прочети|виж|още) (?:още|повече|цялата)',
  // Arabic, Persian, Hebrew, Hindi
  '(?:اقرأ|إقرأ|قراءة) (?:المزيد|المقال|أكثر)',
  '(?:ادامه مطلب|بیشتر بخوانید)',
  '(?:קרא עוד|קראו עוד|להמשך קריאה|המשך קריאה|לכתבה המלאה)',
  '(?:और पढ़ें|आगे पढ़ें)',
  // Chinese, Japanese, Korean, Vietnamese, Indonesian, Thai
  '(?:阅读(?:全文|更多|原文)|查看(?:全文|原文)|閱讀(?:全文|更多|原文)|繼續閱讀|继续阅读|點此閱讀)',
  '(?:続きを(?:読む|見る)|続きはこちら|もっと(?:読む|見る)|全文を読む|記事を読む)',
  '(?:더 ?보기|더 ?읽기|계속 읽기|전문 ?보기|기사 전문)',
  '(?:đọc (?:tiếp|thêm|bài)|xem (?:tiếp|thêm))',
  '(?:baca (?:selengkapnya|lebih lanjut|selanjutnya)|selengkapnya)',
  '(?:อ่านต่อ|อ่านเพิ่มเติม)',
].join('|')

/** At the beginning of a link's words, after a bracket, an arrow or 'To'. */
export const furtherLink = new RegExp(`^[\\s([«‹»›→>…\\-–—.]*(?:${furtherWords})`, 'iu')

/** As the last words of a plain text: after the end of a sentence, an ellipsis or a bracket. */
export const furtherAtEnd = new RegExp(
  `(?:^|[.:!?…»”"“’)\\]。！？]\\s*|[([]\\s*|[-–—|]\\s+)(?:${furtherWords})(?:[^.!?…]{0,80})[\\s.…»›→>)\\]]*$`,
  'iu',
)

/** WordPress adds a line with the title and the site to whole texts and to beginnings alike. */
const origins = [
  'The post .{1,400}? (?:first )?appeared (?:first )?on .{1,200}',
  'The post .{1,400}? was (?:first )?published (?:first )?(?:on|at|by) .{1,200}',
  '(?:Der Beitrag|Dieser Beitrag) .{1,400}? erschien zuerst (?:auf|bei) .{1,200}',
  "L[’']article .{1,400}? est apparu en premier sur .{1,200}",
  '(?:La entrada|El cargo|La publicación) .{1,400}? (?:se publicó primero en|apareció primero en|aparece primero en) .{1,200}',
  'O (?:post|artigo) .{1,400}? (?:apareceu primeiro em|aparece primeiro em|foi publicado primeiro em) .{1,200}',
  "L[’']articolo .{1,400}? (?:proviene da|sembra essere il primo su|è stato pubblicato per la prima volta su) .{1,200}",
  'Het bericht .{1,400}? verscheen eerst op .{1,200}',
  'Inlägget .{1,400}? dök först upp på .{1,200}',
  'Indlægget .{1,400}? blev først udgivet på .{1,200}',
  'Innlegget .{1,400}? dukket først opp på .{1,200}',
  'Artykuł .{1,400}? pochodzi z serwisu .{1,200}',
  'Příspěvek .{1,400}? pochází z .{1,200}',
  '(?:Сообщение|Запись) .{1,400}? (?:появились сначала на|впервые появилась) .{1,200}',
  '投稿 .{1,400}? は .{1,200}? に最初に表示されました。?',
]

export const firstAppeared = new RegExp(`(?:${origins.join('|')})$`, 'u')
