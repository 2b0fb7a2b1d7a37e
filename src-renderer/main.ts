import { mount } from 'svelte'
import { linkEngine } from '../src-main/api/contract/link.ts'
import Root from './App.svelte'
import { tellPower } from './desktop/power.ts'
import { isInElectron } from './lib/platform.ts'
import { portSourceOf } from './lib/port-sources.ts'
import { followTheme } from './lib/theme.ts'
import { wait } from './lib/wait.ts'
import { takeGivenAddresses } from './offers/browser/given-addresses.ts'
import { givenPanes, givenTheme } from './shell/given-look.ts'
import { App } from './state/app.svelte.ts'
import './ui/styles/base.css'

const given = takeGivenAddresses(window)
const link = linkEngine(portSourceOf(window), wait)
const app = new App(link, window, Date.now)
const lastTheme = givenTheme(document.documentElement)
const lastPanes = givenPanes(document.documentElement)
app.settings.current = { ...app.settings.current, ...(lastTheme && { theme: lastTheme }), ...lastPanes }
followTheme(document.documentElement, app.settings.current.theme)

if (!isInElectron()) void tellPower(link, window)

mount(Root, { target: document.querySelector('#app')!, props: { app, arePanesKnown: lastPanes !== null, given } })
