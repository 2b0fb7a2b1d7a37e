/** Words that say nothing of an event, folded as `foldText` does. Of other languages their frequency alone tells. */

const lists: Record<string, string> = {
  en: `a about after again against all almost also although am an and any are as at back be because been before being
    between both but by can cannot could d did do does doing don down during each even ever every few for from further get
    gets getting go goes going got had has have having he her here hers him his how however i if in into is it its just
    know like ll m made make makes many may me might more most much must my new no nor not now of off on once one only or
    other our out over own re s said same say says see set she should so some still such t than that the their them then
    there these they this those through to too two under until up upon us use very via vs was way we well were what when
    where whether which while who whom whose why will with within without would yet you your yours
    first last day days week weeks month months year years today yesterday tomorrow time times
    here's it's report reports update updates video photos photo pictures watch live news latest top best need want
    things thing take takes look come comes put let`,
  de: `ab aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bin bis bist da dabei
    dafur damit dann daran darum das dass dein dem den denn der des dich die dies diese diesem diesen dieser dieses doch
    dort du durch ein eine einem einen einer eines er es etwas euch fur gegen geht gibt hab habe haben hat hatte hatten
    hier ich ihm ihn ihr ihre ihrem ihren ihrer im in ins ist ja jede jeder jetzt kann kein keine konnen konnte man mehr
    mein mit muss nach neu neue neuen neuer nicht nichts noch nun nur ob oder ohne schon sehr sein seine seinem seinen
    seiner seit sich sie sind so soll sollen sollte uber um und uns unter vom von vor war waren warum was weg wegen
    weil welche wenn wer werden wie wieder will wir wird wo wollen wurde wurden zu zum zur zwei zwischen jahr jahre uhr
    heute gestern video bilder`,
  fr: `a apres au aussi autre aux avant avec avoir c car ce cela ces cet cette chez comme comment contre d dans de des deux
    dit donc du elle elles en encore entre est et etait etre eu fait faire font il ils j je jour l la le les leur leurs
    lui m ma mais me meme moins mon n ne nos notre nous nouveau nouvelle on ont ou par pas peu peut plus pour pourquoi
    pres qu quand que quel quelle qui s sa sans se selon ses si son sont sous sur t ta te toujours tous tout toute toutes
    tres un une va vers voici vos votre vous y ans annee video direct`,
  es: `a al algo ano anos antes asi aun aunque cada como con contra cual cuando de del desde despues dia dias donde dos e el
    ella ellos en entre era es esa ese eso esta estan estar este esto estos fue ha habia hace hacia han hasta hay la las
    le les lo los mas me mi mientras muy nada ni no nos nuevo nueva o otra otro para pero poco por porque pues que quien
    se sea segun ser si sin sobre solo son su sus tambien tan tiene tienen todo todos tras tu un una uno y ya video`,
  it: `a ad agli ai al alla alle anche ancora anni anno c che chi ci coi col come con contro cosi cui d da dagli dai dal
    dalla dalle degli dei del dell della delle di dopo dove due e ecco ed era essere fa fino fra gli ha hanno i il in io
    l la le lei lo loro lui ma mi mio molto ne nei nel nell nella nelle no noi non nuova nuovo o ogni oggi per perche
    piu poi prima puo qual quando quanto quella quello questa questo qui se sei senza si sia sono su sua sue sugli sui
    sul sulla suo tra tutti tutto un una uno va video`,
  pt: `a ao aos apos ano anos as ate com como contra da das de depois deve dia do dos e ela ele eles em entre era essa esse
    esta estao este foi ha isso ja la mais mas me mesmo muito na nao nas nem no nos nova novo o os ou para pela pelas
    pelo pelos pode por porque qual quando que quem sao se segundo sem ser sera seu seus so sobre sua suas tambem tem
    ter toda todo todos um uma vai video`,
  nl: `aan al alle als bij dan dat de die dit door dus een en er gaat geen had heb hebben heeft het hier hij hoe hun ik in
    is ja jaar je kan komt kunnen maar me meer met mijn moet na naar niet niets nieuw nieuwe nog nu of om omdat ons ook
    op over te tegen toch toen tot twee u uit uw van veel voor waar waarom want waren was wat we weer wel werd wie wil
    worden wordt ze zei zich zij zijn zo zonder zou video`,
  sv: `alla an att av blev bli blir da de dem den det detta dig din dock du efter ej eller en ett fick for fran ha han hans
    har hon hur i in ingen inte ja jag kan kommer man med men mer mot nar ni nu nya och om pa sa sedan sig sin sina ska
    som till ut under upp var vad vara vi vid`,
  da: `af alle at blev blive bliver da de dem den der det dig du efter eller en er et for fra ham han har hans havde hun
    hvad hvor i ikke ind jeg kan kommer man med men mere mod nu nye nar og om op over pa sa sig sin skal som til ud under
    var ved vi vil`,
  pl: `a aby ale bez bo by byc byl byla bylo co czy dla do gdy go i ich ile im ja jak jako je jego jej jest jeszcze juz kiedy
    kto ktora ktore ktory ma mi na nad nie nowa nowe nowy o od on ona oraz po pod przed przez przy sa sie tak tam te tego
    tej ten to tu tylko w we wiec za ze`,
  ru: `а без бы был была были было быть в вам вас весь во вот все всего вы где да для до его ее если есть еще же за и из или
    им их к как когда которые который кто ли мне может мы на над нас не него нет но новый ну о об он она они от по под
    после почему при про с сам себя со так также там то того тоже только ты у уже чем через что чтобы эта эти это этот я
    лет год года видео`,
  uk: `а або але без був була були в від він вона вони все де для до є же з за зі і із й його її їх коли на над не ні про
    під по при що щоб та так там те то у це цей чи через як який я року`,
  zh: '的 了 在 是 和 将 对 与 被 为 从 以 及 等 称 后 中 有 不 也 就 都 而 或 到 把 向 上 下 多 再 已',
  ja: 'の に は を が で と も へ や から まで より など する した して され いる ある なる この その ため こと',
  th: 'ใน ที่ และ ของ การ ความ ได้ เป็น มี จาก ว่า ให้ จะ กับ นี้ ไม่ ไป มา แล้ว ก็ หรือ ถึง โดย ต้อง อยู่',
}

const words = new Map(Object.entries(lists).map(([language, list]) => [language, new Set(list.split(/\s+/))]))
const none: ReadonlySet<string> = new Set()

/** Of a language as ISO 639 has it; of one that is not known, the English ones. */
export function stopWords(language: string | null): ReadonlySet<string> {
  return words.get(language ?? 'en') ?? none
}
