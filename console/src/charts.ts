import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, LineChart, AriaComponent, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer])

/** Only the kinds of charts that these pages draw are in the bundle. */
export function openChart(place: HTMLElement): EChartsType {
  return init(place, null, { renderer: 'svg' })
}
