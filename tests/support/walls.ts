/**
 * Pages that show something else than the article, with the markup of the makers of such walls as their scripts and plugins
 * write it (element names, classes, ids); the sentences are our own.
 */

type Kind = 'consent' | 'paywall' | 'log-in' | 'bot-wall'
export type Wall = { kind: Kind; maker: string; html: string }

const sentence = 'The river rose through the night, and by the morning it stood in the lower streets of the town. '
const beginning = `<h1>Flood</h1><p>${sentence.repeat(2)}</p>`
const page = (body: string, head = '<title>Flood - The Paper</title>') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`
const wallsOf = (kind: Kind, pages: Record<string, string>): Wall[] =>
  Object.entries(pages).map(([maker, html]) => ({ kind, maker, html }))

const cookies = 'We and our 812 partners store cookies on your device, with your consent, to show you advertising.'

const consent = wallsOf('consent', {
  OneTrust: page(
    `<div id="app"></div><script src="https://cdn.cookielaw.org/scripttemplates/otSDKStub.js"></script>
    <div id="onetrust-consent-sdk"><div class="onetrust-pc-dark-filter ot-fade-in"></div><div id="onetrust-banner-sdk" class="otFlat bottom" role="dialog"><div id="onetrust-policy"><h2 id="onetrust-policy-title">Your privacy</h2><div id="onetrust-policy-text">${cookies}</div></div><div id="onetrust-button-group"><button id="onetrust-accept-btn-handler">Accept all cookies</button></div></div></div>`,
  ),
  Cookiebot: page(
    `<div id="CybotCookiebotDialog" role="dialog" name="CybotCookiebotDialog"><div class="CybotCookiebotDialogContentWrapper"><h2 id="CybotCookiebotDialogBodyContentTitle">This website uses cookies</h2><div id="CybotCookiebotDialogBodyContentText">${cookies}</div><button id="CybotCookiebotDialogBodyLevelButtonLevelOptinAllowAll">Allow all</button></div></div>`,
  ),
  Didomi: page(
    `<div id="didomi-host" class="didomi-host-enabled"><div id="didomi-popup" class="didomi-popup-backdrop didomi-notice-popup"><div class="didomi-popup-container"><div class="didomi-popup-view"><div class="didomi-popup-notice-text"><p>${cookies}</p></div><button id="didomi-notice-agree-button">Agree and close</button></div></div></div></div>`,
  ),
  Usercentrics: page(
    `<script id="usercentrics-cmp" src="https://app.usercentrics.eu/browser-ui/latest/loader.js"></script><div id="uc-center-container" role="dialog"><h2>Wir brauchen Ihre Einwilligung</h2><p>Wir und unsere Partner setzen Cookies ein. Sie können der Verarbeitung zustimmen oder sie ablehnen.</p><button data-testid="uc-accept-all-button">Alle akzeptieren</button></div>`,
  ),
  Sourcepoint: page(
    `<div id="sp_message_container_1098765"><div class="message-container"><div class="message type-modal"><div class="message-component message-row"><p>${cookies}</p></div><button class="message-component message-button sp_choice_type_11" title="Accept">Accept</button><button class="sp_choice_type_9">Subscribe without tracking</button></div></div></div>`,
  ),
  Quantcast: page(
    `<div class="qc-cmp-cleanslate css-hrchsd" id="qc-cmp2-container" data-nosnippet><div id="qc-cmp2-main"><div class="qc-cmp2-container" id="qc-cmp2-ui"><div class="qc-cmp2-publisher-logo-container"><h2>We value your privacy</h2></div><div class="qc-cmp2-consent-info"><p>${cookies}</p></div><button mode="primary">AGREE</button></div></div></div>`,
  ),
  consentmanager: page(
    `<div id="cmpwrapper" class="cmpwrapper"><div id="cmpbox" class="cmpbox cmpstyleroot cmpbox0" role="dialog"><div class="cmpboxinner"><div class="cmpboxheadline"><h1>Privacy settings</h1></div><p>${cookies}</p><a class="cmpboxbtn cmpboxbtnyes">Accept</a></div></div></div><script src="https://cdn.consentmanager.net/delivery/cmp.min.js"></script>`,
  ),
  'Google Funding Choices': page(
    `<div class="fc-consent-root"><div class="fc-dialog-overlay"></div><div class="fc-dialog-container"><div class="fc-dialog fc-choice-dialog" role="dialog"><div class="fc-dialog-headline"><h1>The Paper asks for your consent to use your personal data to:</h1></div><p>${cookies}</p><button class="fc-button fc-cta-consent">Consent</button></div></div></div>`,
  ),
  TrustArc: page(
    `<div id="truste-consent-track"><div id="truste-consent-content"><div id="truste-consent-text"><p>${cookies}</p></div><button id="truste-consent-button">Accept cookies</button></div></div><script src="https://consent.trustarc.com/notice?domain=paper.example"></script>`,
  ),
  Osano: page(
    `<div class="osano-cm-window osano-cm-window--context_amp"><div class="osano-cm-dialog osano-cm-dialog--type_box" role="dialog"><div class="osano-cm-content"><span class="osano-cm-message">${cookies} You can withdraw consent.</span></div><button class="osano-cm-accept-all">Accept</button></div></div>`,
  ),
  Iubenda: page(
    `<div id="iubenda-cs-banner" class="iubenda-cs-default iubenda-cs-center iubenda-cs-visible" role="alertdialog"><div class="iubenda-cs-container"><div id="iubenda-cs-title">Informativa</div><div id="iubenda-cs-paragraph"><p>Noi e i nostri partner usiamo cookie con il tuo consenso. Puoi negare il consenso.</p></div><button class="iubenda-cs-accept-btn">Accetta</button></div></div>`,
  ),
})

const paywalls = wallsOf('paywall', {
  Piano: page(
    `<article>${beginning}<div class="piano-container tp-container-inner" id="piano-inline"><div class="tp-offer-title">Read on with a subscription</div><a class="tp-btn" href="/offers">See offers</a></div></article><script src="https://cdn.tinypass.com/api/tinypass.min.js"></script>`,
  ),
  Poool: page(
    `<article><h1>Flood</h1><div data-poool="80"><p>${sentence.repeat(2)}</p></div><div id="poool-widget" class="poool-widget"><div class="p3-restriction"><h2>Envie de lire la suite ?</h2><a href="/abonnement">S’abonner</a></div></div></article>`,
  ),
  'Leaky Paywall': page(
    `<article><h1>Flood</h1><div class="leaky_paywall_content"><p>${sentence.repeat(2)}</p></div><div id="leaky_paywall_message_wrap"><div id="leaky_paywall_message"><p>You have reached your limit of free articles. <a href="/subscribe">Choose a plan</a></p></div></div></article>`,
  ),
  MemberPress: page(
    `<article><h1>Flood</h1><div class="mp_wrapper"><div class="mepr-unauthorized-excerpt"><p>${sentence.repeat(2)}</p></div><div class="mepr-unauthorized-message"><p>You are unauthorized to view this page.</p></div><div class="mepr-login-form-wrap"><form name="mepr_loginform" id="mepr_loginform" class="mepr-form"><input name="log"><input type="password" name="pwd"><input type="submit" value="Log In"></form></div></div></article>`,
  ),
  'Paid Memberships Pro': page(
    `<article>${beginning}<div class="pmpro"><div class="pmpro_card pmpro_content_message"><h2 class="pmpro_card_title">Membership Required</h2><div class="pmpro_card_content"><p>You must be a Gold member to access this content.</p><a class="pmpro_btn" href="/levels">Join Now</a></div><div class="pmpro_card_actions">Already a member? <a href="/login">Log in here</a></div></div></div></article>`,
  ),
  'Restrict Content Pro': page(
    `<article>${beginning}<div class="rcp_restricted"><p>This content is restricted to subscribers.</p></div></article>`,
  ),
  'WooCommerce Memberships': page(
    `<article>${beginning}<div class="woocommerce"><div class="woocommerce-info wc-memberships-restriction-message wc-memberships-message wc-memberships-content-restricted-message">To access this post, you must purchase <a href="/plan">Yearly membership</a>.</div></div></article>`,
  ),
  Ghost: page(
    `<article class="gh-article"><h1>Flood</h1><section class="gh-content"><p>${sentence.repeat(2)}</p><aside class="gh-post-upgrade-cta"><div class="gh-post-upgrade-cta-content"><h2>This post is for paying subscribers only</h2><a class="gh-btn" data-portal="signup">Subscribe now</a><p><small>Already have an account? <a data-portal="signin">Sign in</a></small></p></div></aside></section></article>`,
  ),
  Substack: page(
    `<article class="post"><h1>Flood</h1><div class="available-content"><p>${sentence.repeat(2)}</p></div><div data-testid="paywall" class="paywall"><h2 class="paywall-title">Continue reading this post for free, courtesy of Ada Quill.</h2><a class="button">Claim my free post</a></div></article>`,
  ),
  Medium: page(
    `<article><h1>Flood</h1><section><p>${sentence.repeat(2)}</p></section><div class="meteredContent"><h2>Create an account to read the full story.</h2><p>The author made this story available to Medium members only.</p></div></article>`,
  ),
  Newspack: page(
    `<article>${beginning}<div class="newspack-memberships__inline-gate newspack-content-gate__gate"><h3>Register to read this story</h3><p>Get two more free articles this month.</p></div></article>`,
  ),
  Steady: page(
    `<article>${beginning}<div id="steady_paywall" class="steady-paywall-container"><h2>Unterstütze uns, um weiterzulesen</h2><a href="/abo">Mitglied werden</a></div></article>`,
  ),
  Zephr: page(
    `<article>${beginning}<div class="zephr-registration-wall zephr-component"><div class="zephr-form-heading">Register to keep reading</div><form class="zephr-registration-form"><input type="email"></form></div></article>`,
  ),
  Patreon: page(
    `<main><h1>Flood</h1><div data-tag="post-card"><p>${sentence}</p><div data-tag="locked-rich-text-post"><span>Unlock this post by becoming a member</span><a data-tag="join-button" href="/join">Join now</a></div></div></main>`,
  ),
  Blendle: page(
    `<article>${beginning}<div class="article-paywall__container"><p>Lees verder met een abonnement. Al abonnee? <a href="/login">Log in</a></p></div></article>`,
  ),
})

const field = '<input type="text" name="username"><input type="password" name="password">'
const logIns = wallsOf('log-in', {
  WordPress: page(
    `<div id="login"><h1><a href="https://wordpress.org/">Powered by WordPress</a></h1><form name="loginform" id="loginform" action="/wp-login.php" method="post"><label>Username</label>${field}<input type="submit" value="Log In"></form></div>`,
    '<title>Log In ‹ The Paper — WordPress</title>',
  ),
  Keycloak: page(
    `<div class="login-pf-page"><div id="kc-header">PAPER</div><div id="kc-content"><form id="kc-form-login" action="/realms/paper/login-actions/authenticate">${field}<input id="kc-login" type="submit" value="Sign In"></form></div></div>`,
    '<title>Sign in to paper</title>',
  ),
  Auth0: page(
    `<main class="_widget login"><section class="c prompt-box-outer"><h1>Welcome</h1><p>Log in to The Paper to continue.</p><form data-form-primary="true"><input inputmode="email" name="username" type="text"><input name="password" type="password"><button name="action">Continue</button></form></section></main>`,
    '<title>Log in | The Paper</title>',
  ),
  phpBB: page(
    `<form action="./ucp.php?mode=login" method="post" id="login"><div class="panel"><h2 class="login-title">The board requires you to be registered and logged in to view this forum.</h2><fieldset class="fields1">${field}</fieldset></div></form>`,
    '<title>The Board - User Control Panel - Login</title>',
  ),
  Discourse: page(
    `<section id="main"><div class="login-required"><div class="login-welcome"><h1>Welcome to The Paper’s forum</h1><p>You need to log in to read it.</p><form id="hidden-login-form" action="/login">${field}</form></div></div></section>`,
    '<title>The Forum</title>',
  ),
  'a site that asks for an e-mail address first': page(
    `<main><h1>Sign in or create an account</h1><form action="/signin/identifier"><label>Email</label><input type="email" name="identifier" autocomplete="username"><button>Continue</button></form></main>`,
    '<title>Sign in - The Paper</title>',
  ),
})

const bots = wallsOf('bot-wall', {
  Cloudflare: page(
    '<div class="main-wrapper"><h1>paper.example</h1><h2 id="challenge-running">Checking if the site connection is secure</h2></div><script>window._cf_chl_opt={cvId:"3"}</script><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>',
    '<title>Just a moment...</title>',
  ),
  DataDome: page(
    "<p id=\"cmsg\">Please enable JS and disable any ad blocker</p><script data-cfasync=\"false\">var dd={'rt':'c','cid':'AHrlq','host':'geo.captcha-delivery.com'}</script><script src=\"https://ct.captcha-delivery.com/c.js\"></script>",
    '<title>paper.example</title>',
  ),
  HUMAN: page(
    '<div class="px-captcha-container"><h1>Press &amp; Hold to confirm you are a human</h1><div id="px-captcha"></div></div><script>window._pxAppId="PX12345"</script>',
    '<title>Access to this page has been denied</title>',
  ),
  Akamai: page(
    '<h1>Access Denied</h1>You don&#39;t have permission to access "http&#58;&#47;&#47;paper&#46;example&#47;news" on this server.<p>Reference&#32;&#35;18&#46;2d351ab8&#46;1700000000&#46;a1b2c3</p><p>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18&#46;2d351ab8</p>',
    '<title>Access Denied</title>',
  ),
  Imperva: page(
    '<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=7-1234" frameborder="0">Request unsuccessful. Incapsula incident ID: 123-456</iframe>',
    '',
  ),
  'AWS WAF': page(
    '<div id="challenge-container"></div><script src="https://abc.token.awswaf.com/abc/challenge.js"></script><noscript><h1>JavaScript is disabled</h1>In order to continue, we need to verify that you’re not a robot.</noscript>',
    '<title></title>',
  ),
  Sucuri: page(
    "<h1>You are being redirected...</h1><noscript>Javascript is required.</noscript><script>var s={},u,c,U,r,i,l=0,a,e=eval,w=String.fromCharCode,sucuri_cloudproxy_js='';</script>",
    '<title>You are being redirected...</title>',
  ),
  Anubis: page(
    '<main><h1 id="title">Making sure you&#39;re not a bot!</h1><img id="image" src="/.within.website/x/cmd/anubis/static/img/pensive.webp"><script id="anubis_challenge" type="application/json">{}</script></main>',
    '<title>Making sure you&#39;re not a bot!</title>',
  ),
  'DDoS-Guard': page(
    '<h1 id="title">Checking your browser before accessing paper.example</h1><script src="/.well-known/ddos-guard/js-challenge/index.js"></script>',
    '<title>DDoS-Guard</title>',
  ),
  Kasada: page(
    '<script>window.KPSDK={};KPSDK.now=typeof performance!=="undefined"</script><script src="/149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39-8ed7-437e-a3be-862e0f06eea3/ips.js?KP_UIDz=0"></script>',
    '<title></title>',
  ),
  Vercel: page(
    '<main><h1 id="header-text">We’re verifying your browser</h1><p>Website owner? Click here to fix</p></main><script src="/.well-known/vercel/security/static/challenge.v2.min.js"></script>',
    '<title>Vercel Security Checkpoint</title>',
  ),
  'Google’s sorry page': page(
    '<form id="captcha-form" action="index" method="post"><div id="recaptcha" class="g-recaptcha" data-sitekey="6LfwuyUTAAAAA"></div></form><div>Our systems have detected unusual traffic from your computer network. This page checks to see if it’s really you sending the requests, and not a robot.</div>',
    '<title>https://paper.example/news</title>',
  ),
  hCaptcha: page(
    '<main><h1>One more step</h1><p>Please complete the security check to access paper.example</p><form><div class="h-captcha" data-sitekey="10000000-ffff"></div></form><script src="https://js.hcaptcha.com/1/api.js"></script></main>',
    '<title>Security check</title>',
  ),
})

export const walls: readonly Wall[] = [...consent, ...paywalls, ...logIns, ...bots]
