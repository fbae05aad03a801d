import 'graphiql/graphiql.css'
import './main.css'
import { createRoot } from 'react-dom/client'
import { Playground } from './playground.js'

const place = document.querySelector('#playground')
if (place) createRoot(place).render(<Playground />)
