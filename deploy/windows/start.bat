@echo off
rem Start the dashboard on a Windows PC, for everyone on the same network. Double-click this file; the window must stay open.
rem The first time it makes a virtual environment and installs what the dashboard needs: that takes some minutes and needs the internet.
setlocal
rem pushd and not cd: a folder on a network share gets a letter for as long as this window is open.
pushd "%~dp0..\.." || goto no_folder

if not exist data\aaa_2025.xlsx if "%AAA_WORKBOOK%"=="" (
  echo De werkmap data\aaa_2025.xlsx is er niet. Zet haar terug, of zet in AAA_WORKBOOK waar zij staat.
  pause
  exit /b 1
)

rem installed.txt is a copy of requirements.txt that is written when everything is there: after an update, or an installation that was cut off, it differs.
fc /b requirements.txt .venv\installed.txt >nul 2>&1
if errorlevel 1 (
  echo Eenmalig installeren. Dit duurt enkele minuten.
  py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" || goto no_python
  if not exist .venv\Scripts\python.exe py -3 -m venv .venv || goto no_python
  .venv\Scripts\python -m pip install --disable-pip-version-check -q -r requirements.txt || goto no_install
  copy /y requirements.txt .venv\installed.txt >nul
)

rem Only this PC sees the dashboard, unless AAA_ADDRESS is 0.0.0.0 and the firewall of Windows lets port 8501 through.
if "%AAA_ADDRESS%"=="" set AAA_ADDRESS=127.0.0.1
rem The browser opens when the dashboard has had the time to start, at the address that it listens on.
set AAA_OPEN=%AAA_ADDRESS%
if "%AAA_OPEN%"=="0.0.0.0" set AAA_OPEN=127.0.0.1
start "" /min cmd /c "timeout /t 8 >nul & start http://%AAA_OPEN%:8501"
.venv\Scripts\python -m streamlit run dashboard.py --server.address %AAA_ADDRESS% --server.port 8501
if errorlevel 1 (
  echo Het dashboard is gestopt. Draait het misschien al in een ander venster?
  pause
)
popd
exit /b

:no_folder
echo De map van het dashboard is niet te openen.
pause
exit /b 1

:no_python
echo Python 3.11 of nieuwer is er niet. Installeer het van python.org, en vink "Add python.exe to PATH" aan.
pause
exit /b 1

:no_install
echo Het installeren lukte niet. Is er internet? Start dit bestand daarna opnieuw.
pause
exit /b 1
