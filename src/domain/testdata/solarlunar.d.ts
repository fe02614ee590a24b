// The package ships its types where its own export map hides them; only what the tests use is declared here.
declare module 'solarlunar' {
  interface LunarDay {
    lYear: number
    lMonth: number
    lDay: number
    isLeap: boolean
  }
  const solarLunar: { solar2lunar(year: number, month: number, day: number): LunarDay | -1 }
  export default solarLunar
}
