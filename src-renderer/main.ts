import { mount } from 'svelte'
import Root from './App.svelte'
import { linkEngine, portSourceOf } from './client.ts'
import { App } from './state/app.svelte.ts'
import { followTheme, givenTheme } from './state/theme.ts'
import './ui/base.css'

const link = linkEngine(portSourceOf(window), ms => new Promise(resolve => setTimeout(resolve, ms)))
const app = new App(link, window, Date.now)
const lastTheme = givenTheme(document.documentElement)
if (lastTheme) app.settings = { ...app.settings, theme: lastTheme }
followTheme(document.documentElement, app.settings.theme)

mount(Root, { target: document.querySelector('#app')!, props: { app } })
