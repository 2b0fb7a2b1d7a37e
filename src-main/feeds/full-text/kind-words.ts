/** What pages say that show something else than the article, in the languages of most sites. */

/** Titles and headings of pages that are not there. The whole of them, but for the site's name. */
export const notFoundTitle = new RegExp(
  `^[^\\p{L}\\d]*(?:${[
    '(?:error|http|status|fehler|erreur|errore?|fout|fel|ошибка|エラー)?[\\s:#-]{0,3}(?:404|410)(?:\\s*[-–—|:!.,·•]|\\s*$|\\s+(?:error|page|fehler|seite|erreur|página|pagina|not|file)\\b)',
    '(?:sorry|oops|uh[- ]oh|whoops)[^\\p{L}]{1,3}.{0,60}(?:not (?:be )?found|no longer|doesn.t exist|does not exist|can.t find)',
    '(?:the |this |that )?(?:page|article|story|post|content|document|url)(?: you.{0,40})? (?:was |is |could |can)?(?:not|n.t) (?:be )?(?:found|available|exist)',
    '(?:the |this |that )?(?:page|article|story|post|content)(?: you.{0,40})? (?:is |are )?(?:no longer (?:available|exists?)|(?:was|has been) removed|does ?n.t exist)',
    '(?:page )?not found',
    '(?:die |diese )?seite (?:wurde )?(?:leider )?nicht gefunden',
    '(?:der )?artikel (?:wurde )?nicht gefunden',
    '(?:page|article) (?:non trouvée?|introuvable)',
    '(?:cette |la )?page (?:demandée )?(?:n.existe (?:pas|plus)|est introuvable)',
    'página no encontrada|no se (?:ha encontrado|encuentra) la página',
    'página (?:não encontrada|inexistente)',
    'pagina non trovata|pagina niet gevonden|de pagina (?:is|werd) niet gevonden',
    'sidan (?:kunde inte hittas|hittades inte|finns inte)|siden (?:blev|ble|er) ikke fundet|siden finnes ikke|sivua ei löyt',
    'nie znaleziono strony|strona nie (?:została znaleziona|istnieje)|stránka (?:nebyla nalezena|nenalezena|neexistuje)',
    'страница не найдена|сторінку не знайдено|sayfa bulunamadı|η σελίδα δεν βρέθηκε',
    'ページが(?:見つかりません|ありません)|お探しのページ|页面(?:不存在|未找到|找不到)|找不到(?:页面|頁面)|페이지를 찾을 수 없',
    'الصفحة غير موجودة|הדף לא נמצא|הדף אינו קיים',
  ].join('|')})`,
  'iu',
)

/** A question about cookies. */
export const consentWords =
  /\b(?:cookies?|consent|consenting|einwilligung|zustimmen|zustimmung|consentement|consentimiento|consenso|toestemming|samtycke|samtykke|zgod[ay]|partners?|gdpr|dsgvo|rgpd|tcf)\b/giu
/** Hosts and paths of pages that only ask for consent. */
export const consentAddress =
  /^https?:\/\/(?:consent|cmp|privacy-?gate|myprivacy|cookiewall|guce)\.|\/(?:privacy-?(?:gate|wall)|cookie-?wall|collectconsent|consent-?(?:gate|wall))(?:[/?.]|$)/i
/** Scripts of consent managers, in half of all pages. */
export const consentManager =
  /didomi|onetrust|qc-cmp|fc-consent|cmpbox|truste-|osano|iubenda|cookielaw\.org|sourcepoint|sp_message|privacy-mgmt|quantcast|usercentrics|cookiebot|consentmanager\.net|trustarc|cmp\.(?:js|min)|__tcfapi|fundingchoicesmessages/i

/** Of pages that ask for a name and a password. */
export const logInAddress =
  /\/(?:log-?in|sign-?in|sso|oauth2?|authenticate|anmeld(?:en|ung)|connexion|accedi|iniciar-sesion)(?:[/?.]|$)/i
export const logInTitle =
  /^[^\p{L}]*(?:log[ -]?in|sign[ -]?in|log on|anmeld(?:en|ung)|einloggen|connexion|se connecter|iniciar sesión|accedi|entrar|inloggen|logga in|log ind|logg inn|kirjaudu|zaloguj|přihlá[sš]|вход|войти|ログイン|登录|登入|로그인)(?![\p{L}])/iu

/** What stands where an article ends for all but subscribers. */
export const subscribersOnly = new RegExp(
  [
    'subscribe (?:now )?to (?:continue|keep reading|read|unlock|get (?:full )?access)',
    'to (?:continue|keep) reading[^.]{0,40}(?:subscri|sign|log|register|account)',
    '(?:already|are you) a (?:subscriber|member)\\b',
    '(?:article|content|story|post|page) is (?:only |exclusively )?(?:available )?(?:for|to|reserved for) (?:our |paid |paying |premium )*(?:subscribers|members)',
    '(?:for |to )(?:paid |paying |premium )?(?:subscribers|members)[- ]only|(?:subscribers?|members?)[- ]only (?:article|content|story|post)',
    'this (?:post|article|story) is for pa(?:id|ying) subscribers',
    '(?:content|article|story|post|page) is restricted to (?:our |paid |paying |premium )*(?:subscribers|members)',
    '(?:available to|for) (?:[\\p{L}]+ )?members only',
    '(?:register|sign up|create (?:an|a free|your) (?:free )?account) to (?:continue|keep reading|read (?:on|the|this))',
    'unlock this (?:post|article|story) by (?:becoming|subscribing|joining)|become a (?:member|patron|subscriber) to (?:read|unlock|continue)',
    '(?:reached|used) (?:your|the) (?:\\p{L}+ )?limit of (?:\\d+ )?free (?:articles|stories)|read on with a subscription',
    'envie de lire la suite|um (?:den artikel )?weiterzulesen|um weiter zu lesen',
    'weiterlesen mit|nur für abonnenten|mit einem abo|(?:bereits|schon) abonnent|haben bereits ein abo|exklusiv für abonnenten',
    '(?:réservé|exclusif) (?:à nos |aux )abonnés|déjà abonnée?|pour lire la suite[^.]{0,40}abonn',
    '(?:solo|exclusivo|exclusiva|contenido exclusivo) para (?:los )?(?:suscriptores|socios)|ya eres suscriptor|¿eres suscriptor',
    'riservat[oa] agli abbonati|sei già abbonato|exclusivo para assinantes|já é assinante',
    '(?:alleen|exclusief) voor (?:onze )?abonnees|lees verder met een abonnement|al abonnee',
    '(?:endast|bara) för prenumeranter|kun for abonnenter|vain tilaajille',
    'tylko dla (?:prenumeratorów|subskrybentów|abonentów)|pouze pro předplatitele|только (?:для|по) подписч',
    '有料会員限定|会員限定記事|会員登録すると続き|付费(?:阅读|内容)|订阅后(?:可|继续)|訂閱(?:以|後)繼續',
  ].join('|'),
  'iu',
)
