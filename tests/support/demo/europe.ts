/** The invented sources in other languages. */
import type { DemoSource } from './source.ts'

export const europe: DemoSource[] = [
  {
    slug: 'le-fanal',
    folder: 'Europe',
    format: 'atom',
    title: 'Le Fanal',
    description: 'Le quotidien du littoral',
    language: 'fr',
    mark: 'disc',
    ink: [255, 214, 92],
    paper: [20, 48, 92],
    articles: [
      {
        title: 'À Kerloc’h, le dernier bac refuse de prendre sa retraite',
        author: 'Solenn Le Goff',
        hoursAgo: 1.8,
        categories: ['Littoral', 'Transports'],
        picture: 'sea',
        text: `Il a quarante-sept ans, il fume, il grince, et il traverse la ria en quatre minutes. Le pont qui devait le remplacer est ouvert depuis lundi. Le bac, lui, continue.

![La ria de Kerloc’h à marée haute](picture)

« Personne ne m’a dit d’arrêter », explique Yvon Madec, son pilote, en resserrant une manille. Le département assure le contraire ; la lettre, semble-t-il, est partie à une adresse qui n’existe plus.

En attendant, mardi matin, le bac a transporté onze voitures, deux tracteurs et une mariée. Le pont, lui, était fermé : vent de plus de cent kilomètres à l’heure.

> Un pont, c’est très bien. Mais ça ne vous demande pas comment va votre mère.`,
      },
      {
        title: 'Pourquoi les cloches de Saint-Aubin sonnent quatre minutes trop tôt',
        author: 'Bastien Rouvière',
        hoursAgo: 15,
        categories: ['Patrimoine'],
        text: `Parce que l’horloge, restaurée cet été, suit de nouveau le soleil. La mairie avait demandé qu’elle soit remise « à son heure d’origine ». On l’a prise au mot.`,
      },
      {
        title: 'Le prix de l’huître, ou l’hiver qui ne vient pas',
        author: 'Solenn Le Goff',
        hoursAgo: 40,
        categories: ['Économie', 'Mer'],
        text: `L’eau est à quinze degrés. Les huîtres, qui n’ont pas de calendrier, croient être en septembre, et les ostréiculteurs, qui en ont un, ne dorment plus.`,
      },
    ],
  },
  {
    slug: 'abendbogen',
    folder: 'Europe',
    format: 'rss',
    title: 'Der Abendbogen',
    description: 'Zeitung für Stadt und Land',
    language: 'de',
    mark: 'arch',
    ink: [250, 248, 240],
    paper: [52, 74, 52],
    articles: [
      {
        title: 'Die Bibliothek, die nachts Bücher ausleiht – ohne Schlüssel und ohne Schloss',
        author: 'Johanna Feldweg',
        hoursAgo: 2.4,
        categories: ['Kultur', 'Stadt'],
        picture: 'city',
        text: `Seit drei Jahren steht die Tür der Stadtbücherei Lindenau auch nachts offen. Niemand sitzt am Tresen, niemand kontrolliert Taschen. Gestohlen wurde in dieser Zeit: ein Atlas, der nach vier Wochen mit einem Entschuldigungsschreiben und zwei Tafeln Schokolade zurückkam.

![Lindenau kurz vor Mitternacht](picture)

»Wir haben nicht auf Vertrauen gesetzt«, sagt die Leiterin Gudrun Halm, »wir hatten schlicht kein Geld für das Schloss.« Die Zahlen sprechen für sie: 31 Prozent mehr Ausleihen, die meisten zwischen zehn und ein Uhr, von Menschen, die tagsüber arbeiten oder nachts nicht schlafen.

## Wer kommt

Eine Krankenschwester, die auf den ersten Bus wartet. Zwei Studenten, die sich über Hegel streiten, flüsternd. Ein Mann, der jede Nacht dasselbe Kapitel liest und es jedes Mal wieder ins Regal stellt.

> Man benimmt sich anders, wenn man merkt, dass niemand aufpasst.`,
      },
      {
        title: 'Donaudampfschifffahrt: Gesellschaft sucht wieder Kapitäne',
        author: 'Matthias Oberleitner',
        hoursAgo: 18,
        categories: ['Verkehr'],
        picture: 'hills',
        text: `Das Patent ist selten geworden. Wer es hat, ist im Schnitt 61 Jahre alt. Die Reederei bildet nun selbst aus; von neun Bewerberinnen und Bewerbern haben sieben noch nie ein Steuerrad in der Hand gehabt.`,
      },
      {
        title: 'Warum die Uhr am Rathaus dreizehn schlägt',
        author: 'Johanna Feldweg',
        hoursAgo: 44,
        categories: ['Stadt'],
        text: `Einmal im Jahr, und nur, wenn der Uhrmacher Geburtstag hat. Der Gemeinderat hat das am Dienstag nachträglich genehmigt.`,
      },
    ],
  },
  {
    slug: 'cuaderno-del-sur',
    folder: 'Europe',
    format: 'rss',
    title: 'Cuaderno del Sur',
    description: 'Crónicas sin prisa',
    language: 'es',
    mark: 'diamond',
    ink: [255, 244, 226],
    paper: [168, 60, 30],
    articles: [
      {
        title: 'El pueblo que apagó las farolas para volver a ver la noche',
        author: 'Inés Carrasco',
        hoursAgo: 3.9,
        categories: ['Crónica', 'Cielo'],
        picture: 'night',
        text: `A las once en punto, el alcalde baja una palanca y Valdeluz desaparece. Después, poco a poco, aparece todo lo demás.

![La Vía Láctea sobre Valdeluz](picture)

Lo propuso una maestra, cansada de que sus alumnos dibujaran las estrellas con cinco puntas. «Les pregunté cuántas habían visto. La respuesta más alta fue doce».

Hoy el pueblo recibe a cuatrocientos visitantes al mes, ha ahorrado 19.000 euros y ha tenido que comprar, eso sí, linternas rojas para todos.`,
      },
      {
        title: 'Las manos que todavía saben leer el mimbre',
        author: 'Joaquín Bellver',
        hoursAgo: 28,
        categories: ['Oficios'],
        picture: 'field',
        text: `Quedan seis. El más joven tiene setenta y un años y una lista de espera de dos.`,
      },
    ],
  },
  {
    slug: 'piazza-piccola',
    folder: 'Europe',
    format: 'atom',
    title: 'Piazza Piccola',
    description: 'Il settimanale delle cose vicine',
    language: 'it',
    mark: 'steps',
    ink: [250, 246, 236],
    paper: [120, 92, 44],
    articles: [
      {
        title: 'La panetteria che apre soltanto quando piove',
        author: 'Chiara Donati',
        hoursAgo: 9.5,
        categories: ['Botteghe'],
        text: `«Quando c’è il sole vado in montagna», dice Ettore Galli, fornaio. Il cartello sulla porta non indica orari, ma millimetri.

I clienti si sono abituati a guardare il barometro. L’anno scorso ha lavorato centoquattordici giorni; il pane, dicono tutti, è il migliore della valle.`,
      },
      {
        title: 'Il ponte tibetano e il sindaco che soffre di vertigini',
        author: 'Chiara Donati',
        hoursAgo: 61,
        categories: ['Montagna'],
        picture: 'hills',
        text: `Lo ha inaugurato dalla riva, con un binocolo.`,
      },
    ],
  },
  {
    slug: 'caderno-lento',
    folder: 'Europe',
    format: 'json',
    title: 'Caderno Lento',
    description: 'Fotografia e memória',
    language: 'pt',
    mark: 'ring',
    ink: [236, 240, 236],
    paper: [34, 84, 70],
    articles: [
      {
        title: 'Trinta anos a fotografar a mesma onda',
        author: 'Beatriz Salgueiro',
        hoursAgo: 12,
        categories: ['Fotografia', 'Mar'],
        picture: 'sea',
        text: `Todas as manhãs, às sete e um quarto, Álvaro Peixe põe o tripé nas mesmas três marcas de tinta e espera. «Nunca é a mesma», diz. «Mas é sempre ela».

![Nazaré, manhã n.º 9.874](picture)`,
      },
    ],
  },
  {
    slug: 'asa-no-tegami',
    folder: 'Europe',
    format: 'rss',
    title: '朝の手紙',
    description: '小さな町の静かな新聞',
    language: 'ja',
    mark: 'disc',
    ink: [196, 40, 48],
    paper: [250, 248, 244],
    articles: [
      {
        title: '駅の伝言板が、四十年ぶりに使われている理由',
        author: '小川 みどり',
        hoursAgo: 10.2,
        categories: ['町', '鉄道'],
        text: `「先に行きます。傘は改札に預けました」。三番線の階段の下、古い黒板に白い文字が並ぶ。

台風で携帯電話が通じなくなった日、駅員が倉庫から出してきた。翌日には片づけるつもりだったという。しかし朝になると、もう七つの伝言が書かれていた。`,
      },
    ],
  },
]
