@echo off
rem Start the dashboard on a Windows PC, for everyone on the same network. Double-click this file; the window must stay open.
rem The first time it makes a virtual environment and installs what the dashboard needs: that takes some minutes and needs the internet.
setlocal
cd /d "%~dp0..\.."

if not exist data\aaa_2025.xlsx if "%AAA_WORKBOOK%"=="" (
  echo De werkmap data\aaa_2025.xlsx is er niet. Zet haar terug, of zet in AAA_WORKBOOK waar zij staat.
  pause
  exit /b 1
)

if not exist .venv\Scripts\streamlit.exe (
  echo Eenmalig installeren. Dit duurt enkele minuten.
  py -3 -m venv .venv || goto no_python
  .venv\Scripts\python -m pip install --disable-pip-version-check -q -r requirements.txt || goto no_install
)

rem Only this PC sees the dashboard, unless the line below names 0.0.0.0 and the firewall of Windows lets port 8501 through.
if "%AAA_ADDRESS%"=="" set AAA_ADDRESS=127.0.0.1
rem The browser opens when the dashboard has had the time to start.
start "" /min cmd /c "timeout /t 8 >nul & start http://localhost:8501"
.venv\Scripts\streamlit run dashboard.py --server.address %AAA_ADDRESS% --server.port 8501
if errorlevel 1 (
  echo Het dashboard is gestopt. Draait het misschien al in een ander venster?
  pause
)
exit /b

:no_python
echo Python is er niet. Installeer Python 3.11 of nieuwer van python.org, en vink "Add python.exe to PATH" aan.
pause
exit /b 1

:no_install
echo Het installeren lukte niet. Is er internet? Verwijder de map .venv en probeer het opnieuw.
rmdir /s /q .venv
pause
exit /b 1
